namespace Cortex.Experiments;

/// <summary>What <c>cortex validate</c> is asked to do.</summary>
public sealed record ValidateOptions
{
    /// <summary>The experiment file: engines of kind <c>cpu</c>, fitted costs.</summary>
    public required string File { get; init; }

    /// <summary>Overrides such as <c>workload.load=1,2</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>As <see cref="SweepOptions.EnvironmentSet"/>.</summary>
    public string? EnvironmentSet { get; init; }

    /// <summary>Null: as the file says.</summary>
    public int? Repeat { get; init; }

    /// <summary>A time that is further off than it may be is a failed assertion.</summary>
    public bool Strict { get; init; }

    /// <summary>Folder that holds one folder for each experiment; the results go to <c>&lt;experiment&gt;/validate</c> in it.</summary>
    public string ResultsFolder { get; init; } = "results";

    /// <summary>The command as the user wrote it, for <c>manifest.json</c>.</summary>
    public string CommandLine { get; init; } = "";
}
