namespace Cortex.Experiments;

/// <summary>What <c>cortex calibrate</c> is asked to do.</summary>
public sealed record CalibrateOptions
{
    /// <summary>The experiment file, whose engines of kind <c>cpu</c> are measured.</summary>
    public required string File { get; init; }

    /// <summary>Overrides such as <c>cluster.engines.threads=2</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>As <see cref="SweepOptions.EnvironmentSet"/>.</summary>
    public string? EnvironmentSet { get; init; }

    /// <summary>Where the fitted step times go.</summary>
    public string Output { get; init; } = "step-times.json";

    /// <summary>How often each step is measured, at least 1.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Of the order, and of the points that judge the fit.</summary>
    public ulong Seed { get; init; } = 1;
}
