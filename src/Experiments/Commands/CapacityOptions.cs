namespace Cortex.Experiments;

/// <summary>What <c>cortex capacity</c> is asked to do.</summary>
public sealed record CapacityOptions
{
    /// <summary>As <see cref="SweepOptions.File"/>.</summary>
    public string? File { get; init; }

    /// <summary>As <see cref="SweepOptions.Set"/>. The first value of <c>workload.load</c> is where the search starts.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>As <see cref="SweepOptions.EnvironmentSet"/>.</summary>
    public string? EnvironmentSet { get; init; }

    /// <summary>As <see cref="SweepOptions.Where"/>.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>As <see cref="SweepOptions.Jobs"/>.</summary>
    public int? Jobs { get; init; }

    /// <summary>As <see cref="SweepOptions.Repeat"/>.</summary>
    public int? Repeat { get; init; }

    /// <summary>As <see cref="SweepOptions.CommandLine"/>.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Folder that holds one folder for each experiment.</summary>
    public string ResultsFolder { get; init; } = "results";
}
