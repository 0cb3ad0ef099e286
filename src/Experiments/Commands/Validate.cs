using System.Diagnostics;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Cortex.Experiments.Simulating;
using Cortex.Experiments.Validation;
using Cortex.Policies.Registry;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex validate</c>: how far does the simulator tell what happens live on this machine?</summary>
public static class Validate
{
    /// <summary>
    /// Plays every policy set at every load live and simulated, and the baseline live once more; prints errors, their budget, predicted and live gains and
    /// parity; writes the files of a sweep, with both curves in each figure, and <c>validation.csv</c>. What was run is found again by a rerun.
    /// </summary>
    /// <param name="console">Where progress and findings are shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Ends it; runs that are whole by then are kept.</param>
    /// <returns>An <see cref="ExitCode"/>: <see cref="ExitCode.FailedAssertion"/> if parity is broken or, where that is asked for, a time is further off than it may be.</returns>
    public static int Run(ValidateOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console, errors, cancellation));

    private static int Execute(ValidateOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        options = options with { Set = EnvironmentSettings.Under(options.Set, options.EnvironmentSet) };
        long start = Stopwatch.GetTimestamp();
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(options.File, new Overrides { Set = options.Set, Repeat = options.Repeat });
        var traces = new TraceHashes();
        var plan = new ValidationPlan(experiment, traces, $"{BuildIdentity.Version} {BuildIdentity.Hash}");
        string folder = Path.Combine(options.ResultsFolder, experiment.Name, "validate");
        string journals = Path.Combine(folder, "journals");
        // One at a time, whatever the number of processors: they are what is measured.
        var executor = new CellExecutor(new ValidationRunner(journals, plan.Cells), ResultsFolder.Store(folder), jobs: 1);
        IReadOnlyDictionary<string, CellOutcome> outcomes = executor.Run(plan.InTurns, new PlainProgress(console, experiment.Axes), cancellation);
        CellOutcome[] failed = [.. outcomes.Values.Where(outcome => outcome.Failure is not null).OrderBy(outcome => outcome.Planned.Key, StringComparer.Ordinal)];
        foreach (CellOutcome outcome in failed)
        {
            errors.WriteLine($"run failed: {outcome.Planned.Describe(experiment.Axes)}: {outcome.Failure}");
        }
        if (failed.Length > 0)
        {
            return ExitCode.SomeCellsFailed;
        }
        ResultTable table = ResultTable.Of(plan.Experiment, plan.Cells, outcomes);
        new ComparisonTable(table).Print(console);
        ValidationReport report = Find(plan, table, journals);
        report.Print(console);
        var manifest = new Manifest
        {
            Experiment = plan.Experiment,
            Cells = plan.Cells,
            Outcomes = outcomes,
            Traces = traces,
            CommandLine = options.CommandLine,
            Jobs = 1,
            Duration = Stopwatch.GetElapsedTime(start),
        };
        WholeFile.Write(Path.Combine(folder, "results.csv"), ResultsCsv.Text(table));
        WholeFile.Write(Path.Combine(folder, "validation.csv"), report.Csv());
        WholeFile.Write(Path.Combine(folder, "manifest.json"), manifest.Write);
        ReportFiles.Write(folder, Environment.ProcessorCount, console, cancellation);
        console.WriteLine(report.Holds ? "every bounded time is as close as it may be" : "some times are further off than they may be");
        return report.HasParity && (report.Holds || !options.Strict) ? ExitCode.Ok : ExitCode.FailedAssertion;
    }

    private static ValidationReport Find(ValidationPlan plan, ResultTable table, string journals)
    {
        var parity = new LiveParity();
        List<TimeError> times = [];
        List<ErrorBudget> budgets = [];
        string baseline = plan.Original.Baseline;
        foreach (ExperimentPoint point in plan.Original.Points)
        {
            (ResultRow, ResultRow) again = (Row(ValidationPlan.LiveOf(baseline)), Row(ValidationPlan.AgainOf(baseline)));
            foreach (string set in plan.Original.PolicySets)
            {
                ResultRow live = Row(ValidationPlan.LiveOf(set)), simulated = Row(ValidationPlan.SimulatedOf(set));
                times.AddRange(TimeError.Of(live, simulated, again));
                budgets.Add(new(live, simulated, Audit(plan, live, parity, journals)));
            }
            Audit(plan, again.Item2, parity, journals);

            ResultRow Row(string set) => PolicyGain.Row(table, point.Values, set);
        }
        return new(plan.Original.Axes, times, budgets, PolicyGain.All(plan, table), parity);
    }

    /// <summary>The live runs of a row: their parity, and their steps added up.</summary>
    private static StepAudit Audit(ValidationPlan plan, ResultRow row, LiveParity parity, string journals)
    {
        StepAudit all = new([]);
        foreach ((ResolvedCell cell, string key) in plan.Cells.Where(planned => planned.Cell.Policies.Name == row.Policy && planned.Cell.AxisValues.SequenceEqual(row.AxisValues)))
        {
            all.Add(parity.Add(ValidationRunner.JournalOf(journals, key), new SimulatedCluster(cell.Engines, cell.Costs).Costs));
        }
        return all;
    }
}
