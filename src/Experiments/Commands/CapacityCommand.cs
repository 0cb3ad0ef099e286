using System.Diagnostics;
using Cortex.Experiments.Capacity;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Cortex.Experiments.Simulating;
using Cortex.Policies.Registry;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex capacity</c>: the largest load at which each policy set meets the SLO.</summary>
public static class CapacityCommand
{
    /// <summary>
    /// Searches by bisection in the simulator, in each repetition by itself, so that capacities have intervals and paired differences. Every load that
    /// is tried is a cell by content address: an interrupted search goes on from there.
    /// </summary>
    /// <param name="console">Where progress and the table are shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Ends the search; cells that are whole by then are kept.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(CapacityOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        Run(options, new SimulatorCellRunner(), console, errors, cancellation);

    /// <summary>Searches with any runner.</summary>
    /// <inheritdoc cref="Run(CapacityOptions, IAnsiConsole, TextWriter, CancellationToken)"/>
    public static int Run(CapacityOptions options, ICellRunner runner, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, runner, console, errors, cancellation));

    private static int Execute(CapacityOptions options, ICellRunner runner, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        options = options with { Set = EnvironmentSettings.Under(options.Set, options.EnvironmentSet) };
        long start = Stopwatch.GetTimestamp();
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(
            BundledSample.Unless(options.File, options.Set, console), new Overrides { Set = options.Set, Where = options.Where, Repeat = options.Repeat });
        string folder = Path.Combine(options.ResultsFolder, experiment.Name);
        var executor = new CellExecutor(runner, new CellStore(Path.Combine(folder, "cells")), options.Jobs ?? Environment.ProcessorCount);
        var traces = new TraceHashes();
        var run = new CapacityRun(experiment, traces, $"{BuildIdentity.Version} {BuildIdentity.Hash}");
        run.Run(executor, runner, new CapacityProgress(console), cancellation);
        ResultTable table = CapacityTable.Of(experiment, run.Searches);
        new ComparisonTable(table).Print(console);
        console.WriteLine($"capacity: the largest workload.load at which p{experiment.Capacity.Percentile} of every bounded time meets the SLO (with bounds of the trace's own: at which so many per cent of the calls, and of the workflows, keep theirs), known to {experiment.Capacity.Tolerance:P1}; the rest is measured at it.");
        Tell(run.Searches, console);
        WholeFile.Write(Path.Combine(folder, "capacity.csv"), ResultsCsv.Text(table));
        WholeFile.Write(Path.Combine(folder, "capacity_probes.csv"), CapacityTable.Probes(experiment, run.Searches));
        console.WriteLine($"{Path.Combine(folder, "capacity.csv")}, capacity_probes.csv");
        Report(options, experiment, run, traces, Path.Combine(folder, "capacity"), Stopwatch.GetElapsedTime(start), console, cancellation);
        CellOutcome[] failed = [.. run.Outcomes.Values.Where(outcome => outcome.Failure is not null)];
        foreach (CellOutcome outcome in failed)
        {
            errors.WriteLine($"cell failed: {outcome.Planned.Describe(experiment.Axes)}: {outcome.Failure}");
        }
        return failed.Length == 0 ? ExitCode.Ok : ExitCode.SomeCellsFailed;
    }

    /// <summary>A folder of its own beside the sweep's, over the same cells.</summary>
    private static void Report(
        CapacityOptions options, Experiment experiment, CapacityRun run, TraceHashes traces, string folder, TimeSpan duration, IAnsiConsole console, CancellationToken cancellation)
    {
        int jobs = options.Jobs ?? Environment.ProcessorCount;
        IReadOnlyList<IReadOnlyList<PlannedCell>> rows = CapacityTable.ProbedRows(experiment, run.Searches);
        if (rows.Count == 0)
        {
            return;
        }
        var manifest = new Manifest
        {
            Experiment = experiment,
            Cells = [.. rows.SelectMany(row => row)],
            Rows = rows,
            Capacities = CapacityTable.Rows(experiment, run.Searches),
            CellsFolder = "../cells",
            Outcomes = run.Outcomes,
            Traces = traces,
            CommandLine = options.CommandLine,
            Jobs = jobs,
            Duration = duration,
        };
        WholeFile.Write(Path.Combine(folder, "manifest.json"), manifest.Write);
        ReportFiles.Write(folder, jobs, console, cancellation);
    }

    private static void Tell(IReadOnlyList<CapacitySearch> searches, IAnsiConsole console)
    {
        int none = searches.Count(search => search is { Capacity: 0, IsGivenUp: false });
        int open = searches.Count(search => search is { IsOpen: true, IsGivenUp: false, Capacity: > 0 });
        if (none > 0)
        {
            console.WriteLine($"warning: no load met the SLO in {none} of {searches.Count} searches; their capacity stands as 0");
        }
        if (open > 0)
        {
            console.WriteLine($"warning: no load was too much in {open} of {searches.Count} searches; their capacity is a lower bound");
        }
    }
}
