namespace Cortex.Experiments;

/// <summary>What <c>cortex report</c> is asked to do.</summary>
public sealed record ReportOptions
{
    /// <summary>A folder that <c>sweep</c> or <c>run</c> wrote.</summary>
    public required string Folder { get; init; }

    /// <summary>Files at the same time; null: one for each processor.</summary>
    public int? Jobs { get; init; }
}
