using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Live;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Cortex.Experiments.Simulating;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex run</c>: one policy set at one load, every call written down.</summary>
public static class SingleRun
{
    /// <summary>Plays the workload once, in the simulator unless the options say live, prints a table, and writes <c>calls.csv</c>, <c>workflows.csv</c>, <c>results.csv</c> and <c>manifest.json</c>.</summary>
    /// <param name="console">Where the table is shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Stops the run; nothing is written.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(RunOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, Runner(options), console, errors, cancellation));

    /// <summary>Plays the workload once on any runner.</summary>
    /// <inheritdoc cref="Run(RunOptions, IAnsiConsole, TextWriter, CancellationToken)"/>
    public static int Run(RunOptions options, ICellRunner runner, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, runner, console, errors, cancellation));

    private static ICellRunner Runner(RunOptions options)
    {
        if (options is { Journal: { } journal, Timeline: { } timeline } && Path.GetFullPath(journal) == Path.GetFullPath(timeline))
        {
            throw new InputException($"--journal and --timeline are both {journal}; allowed: a file each");
        }
        if (!options.Live)
        {
            return options.Speed is null
                ? new SimulatorCellRunner(journal: options.Journal, timeline: options.Timeline)
                : throw new InputException("--speed: allowed: with --live alone");
        }
        return options.Speed is not { } speed || RunOptions.IsSpeed(speed)
            ? new LiveCellRunner(options.Speed, options.Journal, options.Timeline)
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--speed {options.Speed}: allowed: {RunOptions.AllowedSpeed}"));
    }

    private static int Execute(RunOptions options, ICellRunner runner, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        options = options with { Set = EnvironmentSettings.Under(options.Set, options.EnvironmentSet) };
        long start = Stopwatch.GetTimestamp();
        Experiment experiment = WithOnePolicySet(
            new ExperimentLoader(new PolicyRegistry()).LoadPoint(BundledSample.Unless(options.File, options.Set, console), new Overrides { Set = options.Set, Assert = options.Assert }), options.PolicySet);
        RowNames.Check(experiment);
        var traces = new TraceHashes();
        IReadOnlyList<PlannedCell> cells = PlannedCell.All(experiment, traces, $"{BuildIdentity.Version} {BuildIdentity.Hash}", options.Live);
        PlannedCell planned = cells[0];
        Sweep.TellTooFew(experiment, cells, runner, console);
        foreach (string note in runner.Prepare([planned.Cell], cancellation))
        {
            console.WriteLine(note);
        }
        string folder = Path.Combine(options.ResultsFolder, experiment.Name, "run");
        CellStore store = ResultsFolder.Store(folder);
        store.Open();
        CellResult? result = null;
        WholeFile.Write(Path.Combine(folder, "calls.csv"), calls => WholeFile.Write(Path.Combine(folder, "workflows.csv"), workflows =>
        {
            using StreamWriter callRows = Text(calls), workflowRows = Text(workflows);
            result = runner.Run(planned.Cell, new RowsCsv(callRows, workflowRows), cancellation);
        }));
        store.Write(planned, result!);
        var outcomes = new Dictionary<string, CellOutcome> { [planned.Key] = new(planned, result, null) };
        var table = ResultTable.Of(experiment, cells, outcomes);
        new ComparisonTable(table).Print(console);
        foreach ((string name, long count) in result!.Counts)
        {
            console.WriteLine($"{name} {ValueText.Count(count)}");
        }
        foreach (string note in runner.Notes)
        {
            console.WriteLine(note);
        }
        WholeFile.Write(Path.Combine(folder, "results.csv"), ResultsCsv.Text(table));
        var manifest = new Manifest
        {
            Experiment = experiment,
            Cells = cells,
            Outcomes = outcomes,
            Traces = traces,
            CommandLine = options.CommandLine,
            Jobs = 1,
            Duration = Stopwatch.GetElapsedTime(start),
        };
        WholeFile.Write(Path.Combine(folder, "manifest.json"), manifest.Write);
        console.WriteLine($"seed {planned.Cell.Seed}");
        console.WriteLine($"{Path.Combine(folder, "calls.csv")}, workflows.csv, results.csv, manifest.json");
        ReportFiles.Write(folder, Environment.ProcessorCount, console, cancellation);
        return Assertions.Hold(experiment, table, console.WriteLine, errors) ? ExitCode.Ok : ExitCode.FailedAssertion;
    }

    private static StreamWriter Text(Stream file) => new(file, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);

    private static Experiment WithOnePolicySet(Experiment experiment, string? name)
    {
        string chosen = name ?? experiment.Baseline;
        if (!experiment.PolicySets.Contains(chosen))
        {
            throw new InputException(NearestName.Unknown("policy set", chosen, [.. experiment.PolicySets]));
        }
        PointSettings settings = experiment.Points[0].Settings;
        NamedPolicySet[] kept = [.. settings.Policies.Where(set => set.Name == chosen)];
        return experiment with
        {
            Baseline = chosen,
            Points = [experiment.Points[0] with { Settings = settings with { Policies = kept } }],
        };
    }
}
