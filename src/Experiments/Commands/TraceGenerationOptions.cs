namespace Cortex.Experiments;

/// <summary>What <c>cortex trace generate</c> is asked to do.</summary>
public sealed record TraceGenerationOptions
{
    /// <summary>A profile that comes with the product, by the name of its program: one of <see cref="Workloads.WorkloadGenerator.Programs"/>; null if
    /// <see cref="Profile"/> is given.</summary>
    public string? Program { get; init; }

    /// <summary>A profile of one's own, see <see cref="Profiles.ProfileReader"/>; null if <see cref="Program"/> is given.</summary>
    public string? Profile { get; init; }

    /// <summary>Seed of all that is drawn.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of workflows, at least 1.</summary>
    public required int Workflows { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>A file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }
}
