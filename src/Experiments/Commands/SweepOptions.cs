namespace Cortex.Experiments;

/// <summary>What <c>cortex sweep</c> is asked to do.</summary>
public sealed record SweepOptions
{
    /// <summary>The experiment file; null: the bundled sample, or, if a trace is named in
    /// <see cref="Set"/>, defaults and overrides alone.</summary>
    public string? File { get; init; }

    /// <summary>Overrides such as <c>workload.load=1,2</c>, each key once.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Content of <see cref="Config.EnvironmentSettings.Variable"/>; null: it is not set.</summary>
    public string? EnvironmentSet { get; init; }

    /// <summary>Conditions over the axes that points must meet, such as <c>decode >= prefill</c>, beside the file's.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>Conditions that every row of the results must meet, such as <c>p99.ttft &lt; 800ms</c>, beside the file's.</summary>
    public IReadOnlyList<string> Assert { get; init; } = [];

    /// <summary>Cells that run at the same time; null: one for each processor. Never changes a number.</summary>
    public int? Jobs { get; init; }

    /// <summary>Repetitions; null: as the file says.</summary>
    public int? Repeat { get; init; }

    /// <summary>Which part of the cells is to be computed, such as <c>2/8</c>; null: all. No table then: it needs them all.</summary>
    public string? Shard { get; init; }

    /// <summary>Other results folders, of shards of this sweep: what is finished there is taken over.</summary>
    public IReadOnlyList<string> Merge { get; init; } = [];

    /// <summary>Checks all input, lists the cells with their resolved settings, and runs nothing.</summary>
    public bool Plan { get; init; }

    /// <summary>Folder that holds one folder for each experiment.</summary>
    public string ResultsFolder { get; init; } = "results";

    /// <summary>The command as the user wrote it, for <c>manifest.json</c>.</summary>
    public string CommandLine { get; init; } = "";
}
