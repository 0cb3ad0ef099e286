namespace Cortex.Experiments;

/// <summary>What <c>cortex trace generate</c> is asked to do.</summary>
public sealed record TraceGenerationOptions
{
    /// <summary>What kind of workflows: one of <see cref="Workloads.WorkloadGenerator.Programs"/>.</summary>
    public required string Program { get; init; }

    /// <summary>Seed of all that is drawn.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of workflows, at least 1.</summary>
    public required int Workflows { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>A file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }
}
