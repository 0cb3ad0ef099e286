namespace Cortex.Runtime.Tools;

/// <summary>What a tool may take.</summary>
public sealed record ToolLimits
{
    /// <summary>Real time, more than 0; behind it the tool is ended and has failed.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Rows of a query's answer, at least 1; those behind are not asked for.</summary>
    public int Rows { get; init; } = 1_000;

    /// <summary>Bytes of a value, of a statement, or of a server's answer, at least 1.</summary>
    public int Bytes { get; init; } = 1 << 20;
}
