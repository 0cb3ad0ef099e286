using System.Diagnostics;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Cortex.Experiments.Simulating;
using Cortex.Policies.Registry;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex sweep</c>: every policy set at every point of the axes, repeated, compared and drawn.</summary>
public static class Sweep
{
    /// <summary>Runs a sweep in the simulator.</summary>
    /// <param name="console">Where progress and the table are shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Ends the sweep; cells that are whole by then are kept.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(SweepOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        Run(options, new SimulatorCellRunner(), console, errors, cancellation);

    /// <summary>Runs a sweep on any runner.</summary>
    /// <inheritdoc cref="Run(SweepOptions, IAnsiConsole, TextWriter, CancellationToken)"/>
    public static int Run(SweepOptions options, ICellRunner runner, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, runner, console, errors, cancellation));

    private static int Execute(SweepOptions options, ICellRunner runner, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        options = options with { Set = EnvironmentSettings.Under(options.Set, options.EnvironmentSet) };
        long start = Stopwatch.GetTimestamp();
        int jobs = options.Jobs ?? Environment.ProcessorCount;
        if (jobs < 1)
        {
            throw new InputException($"--jobs {jobs}: allowed: a whole number from 1");
        }
        Shard? shard = options.Shard is { } part ? Shard.Parse(part) : null;
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(
            BundledSample.Unless(options.File, options.Set, console),
            new Overrides { Set = options.Set, Where = options.Where, Assert = options.Assert, Repeat = options.Repeat });
        RowNames.Check(experiment);
        var traces = new TraceHashes();
        IReadOnlyList<PlannedCell> cells = PlannedCell.All(experiment, traces, $"{BuildIdentity.Version} {BuildIdentity.Hash}");
        TellTooFew(experiment, cells, runner, console);
        string folder = Path.Combine(options.ResultsFolder, experiment.Name);
        var store = ResultsFolder.Store(folder);
        if (options.Plan)
        {
            foreach (string note in runner.Prepare([.. cells.Select(planned => planned.Cell)], cancellation))
            {
                console.WriteLine(note);
            }
            PlanReport.Print(experiment, cells, store, runner, jobs, console);
            return ExitCode.Ok;
        }
        Take(options.Merge, experiment, cells, store, console);
        IReadOnlyList<PlannedCell> mine = shard?.Of(cells) ?? cells;
        var executor = new CellExecutor(runner, store, jobs);
        bool interactive = console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;
        IReadOnlyDictionary<string, CellOutcome> outcomes = interactive
            ? BarProgress.Show(console, experiment.Axes, progress => executor.Run(mine, progress, cancellation))
            : executor.Run(mine, new PlainProgress(console, experiment.Axes), cancellation);
        if (SpeedText.Of([.. outcomes.Values]) is { } speed)
        {
            console.WriteLine($"computed: {speed}");
        }
        if (shard is not null)
        {
            console.WriteLine($"shard {shard}: {mine.Count} of {cells.DistinctBy(cell => cell.Key).Count()} cells; when all shards are finished, the same command with --merge and their results folders in place of --shard");
            return ReportFailures(experiment, outcomes, errors);
        }
        var table = ResultTable.Of(experiment, cells, outcomes);
        var manifest = new Manifest
        {
            Experiment = experiment,
            Cells = cells,
            Outcomes = outcomes,
            Traces = traces,
            CommandLine = options.CommandLine,
            Jobs = jobs,
            Duration = Stopwatch.GetElapsedTime(start),
        };
        SideBySide.Run(
            jobs,
            () => new ComparisonTable(table).Print(console),
            () => WholeFile.Write(Path.Combine(folder, "results.csv"), ResultsCsv.Text(table)),
            () => WholeFile.Write(Path.Combine(folder, "comparisons.csv"), Comparisons.Csv(table)),
            () => WholeFile.Write(Path.Combine(folder, "manifest.json"), manifest.Write));
        console.WriteLine($"{Seeds(cells)}, one a repetition, the same for every policy set and point");
        console.WriteLine($"{Path.Combine(folder, "results.csv")}, comparisons.csv, manifest.json");
        ReportFiles.Write(folder, jobs, console, cancellation);
        bool hold = Assertions.Hold(experiment, table, console.WriteLine, errors);
        int failures = ReportFailures(experiment, outcomes, errors);
        return failures != ExitCode.Ok || hold ? failures : ExitCode.FailedAssertion;
    }

    /// <summary>Told before time is spent: a percentile that is asked for and that the trace is too short for.</summary>
    internal static void TellTooFew(Experiment experiment, IReadOnlyList<PlannedCell> cells, ICellRunner runner, IAnsiConsole console)
    {
        long? calls = experiment.Assertions.Count > 0 ? cells.Min(planned => runner.MostCalls(planned.Cell)) : null;
        foreach (string warning in RowNames.TooFewFor(experiment, calls))
        {
            console.WriteLine(warning);
        }
    }

    private static string Seeds(IReadOnlyList<PlannedCell> cells) =>
        (cells.Min(planned => planned.Cell.Seed), cells.Max(planned => planned.Cell.Seed)) is var (first, last) && first == last ? $"seed {first}" : $"seeds {first} to {last}";

    private static void Take(IReadOnlyList<string> folders, Experiment experiment, IReadOnlyList<PlannedCell> cells, CellStore store, IAnsiConsole console)
    {
        foreach (string folder in folders)
        {
            // The folder of all results, or that of the experiment.
            string[] places = [Path.Combine(folder, experiment.Name, "cells"), Path.Combine(folder, "cells")];
            string place = places.FirstOrDefault(Directory.Exists)
                ?? throw new InputException($"--merge {folder}: no {Path.Combine(experiment.Name, "cells")} in it; allowed: the results folder of a sweep of this experiment");
            int taken = store.TakeFrom(new CellStore(place), cells.Select(cell => cell.Key).Distinct());
            console.WriteLine($"{folder}: {taken} finished cells taken over");
        }
    }

    private static int ReportFailures(Experiment experiment, IReadOnlyDictionary<string, CellOutcome> outcomes, TextWriter errors)
    {
        CellOutcome[] failed = [.. outcomes.Values.Where(outcome => outcome.Failure is not null)];
        foreach (CellOutcome outcome in failed.OrderBy(outcome => outcome.Planned.Key, StringComparer.Ordinal))
        {
            errors.WriteLine($"cell failed: {outcome.Planned.Describe(experiment.Axes)}: {outcome.Failure}");
        }
        return failed.Length == 0 ? ExitCode.Ok : ExitCode.SomeCellsFailed;
    }
}
