namespace Cortex.Experiments;

/// <summary>What <c>cortex run</c> is asked to do: one policy set at one load, once.</summary>
public sealed record RunOptions
{
    /// <summary>The experiment file, whose <c>sweep</c> and <c>repeat</c> are not used; null: the bundled sample, or, if a trace is named in
    /// <see cref="Set"/>, defaults and overrides alone.</summary>
    public string? File { get; init; }

    /// <summary>Overrides such as <c>workload.load=2</c>, one value each, each key once.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>As <see cref="SweepOptions.EnvironmentSet"/>.</summary>
    public string? EnvironmentSet { get; init; }

    /// <summary>Conditions that the result must meet, beside the file's.</summary>
    public IReadOnlyList<string> Assert { get; init; } = [];

    /// <summary>Name of the policy set; null: the experiment's baseline.</summary>
    public string? PolicySet { get; init; }

    /// <summary>File for the run's journal, see <see cref="Replay"/>; null: none.</summary>
    public string? Journal { get; init; }

    /// <summary>File for the run's timeline in Chrome's trace-event format, to be opened in Perfetto; null: none.</summary>
    public string? Timeline { get; init; }

    /// <summary>In real time instead of simulated: on the engines that the experiment names, which compute their model or nothing.</summary>
    public bool Live { get; init; }

    /// <summary>Live, where nothing is computed: seconds of the run in a real one, see <see cref="IsSpeed"/>; null: 1, and tools are really run.</summary>
    public double? Speed { get; init; }

    /// <summary>Folder that holds one folder for each experiment; the run goes to <c>&lt;experiment&gt;/run</c> in it.</summary>
    public string ResultsFolder { get; init; } = "results";

    /// <summary>The command as the user wrote it, for <c>manifest.json</c>.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>What a speed may be, for people.</summary>
    public const string AllowedSpeed = "a number above 0, at most 1000000";

    /// <summary>True of a number above 0 with which the run's clock, 292 years of nanoseconds, lasts for hours.</summary>
    public static bool IsSpeed(double speed) => speed is > 0 and <= 1e6;
}
