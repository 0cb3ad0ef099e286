namespace Cortex.Experiments.Config;

/// <summary>Where a value was written: a place in a file, or an option of the command line.</summary>
/// <param name="Origin">The file as the user named it, or the option's text.</param>
/// <param name="Line">From 1; 0 outside files.</param>
/// <param name="Column">From 1; 0 outside files.</param>
/// <param name="Folder">Folder that relative paths written there start from.</param>
public sealed record SourceMark(string Origin, int Line, int Column, string Folder)
{
    /// <summary>A value that nobody wrote: a default.</summary>
    public static SourceMark Default { get; } = new("default", 0, 0, ".");

    public override string ToString() => Line > 0 ? $"{Origin}:{Line}:{Column}" : Origin;
}
