namespace Cortex.Experiments;

/// <summary>What <c>cortex compare</c> is asked to do.</summary>
public sealed record CompareOptions
{
    /// <summary>A results folder: the baseline.</summary>
    public required string First { get; init; }

    /// <summary>The results folder that is compared with it.</summary>
    public required string Second { get; init; }

    /// <summary>File for all differences, as <c>comparisons.csv</c>; null: none.</summary>
    public string? Csv { get; init; }
}
