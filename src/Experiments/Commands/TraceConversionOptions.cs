using Cortex.Workloads;

namespace Cortex.Experiments;

/// <summary>What <c>cortex trace import</c> and <c>cortex trace convert</c> are asked to do.</summary>
public sealed record TraceConversionOptions
{
    /// <summary>The trace to read.</summary>
    public required string Input { get; init; }

    /// <summary>The format to write: one of <see cref="TraceExport.Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The file to write; packed by gzip if its name ends in <c>.gz</c>.</summary>
    public required string Output { get; init; }

    /// <summary>A file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What to make of choices that the format read leaves.</summary>
    public TraceReadingOptions Reading { get; init; } = TraceReadingOptions.Default;
}
