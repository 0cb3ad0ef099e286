using Cortex.Experiments.Config;
using Cortex.Experiments.Explaining;
using Cortex.Experiments.Simulating;
using Cortex.Policies.Registry;
using Cortex.Workloads;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex explain</c>: why did this workflow take so long, and what do two cells decide differently?</summary>
public static class Explain
{
    /// <summary>Runs the cells again, in the simulator, or replays the journals, and tells what they decided.</summary>
    /// <param name="console">Where it is told.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Gives the runs up.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(ExplainOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console, cancellation));

    private static int Execute(ExplainOptions options, IAnsiConsole console, CancellationToken cancellation)
    {
        var registry = new PolicyRegistry();
        IEnumerable<string> lines = options.Cells.Count(ExplainedJournal.IsOne) switch
        {
            0 => Cells(options, registry, cancellation),
            int journals when journals == options.Cells.Count => Journals(options, registry, cancellation),
            _ => throw new InputException($"'{options.Cells[0]}' and '{options.Cells[1]}': a journal and a cell; allowed: two of a kind"),
        };
        foreach (string line in lines)
        {
            console.WriteLine(line);
        }
        return ExitCode.Ok;
    }

    private static IEnumerable<string> Cells(ExplainOptions options, PolicyRegistry registry, CancellationToken cancellation)
    {
        StoredCell[] cells = [.. options.Cells.Select(text => CellAddress.Find(text, registry))];
        Workload[] traces = [.. cells.Select(cell => (cell.Cell.Workload.Trace, cell.Cell.Workload.Reading)).Distinct().Select(one => TraceFile.Load(one.Trace, one.Reading))];
        if (traces.Select(trace => trace.Sha256).Distinct().Count() > 1)
        {
            throw new InputException($"the cells play different traces, {traces[0].Source} and {traces[1].Source}; allowed: cells over the same trace");
        }
        if (traces.Length > 1 && cells[0].Cell.Workload.Reading != cells[1].Cell.Workload.Reading)
        {
            throw new InputException($"the cells read {traces[0].Source} in different ways; allowed: cells with the same starts, share_opening, spread, turns and global_ids");
        }
        int? workflow = options.Workflow is { } text ? TagOf(new TraceNames(traces[0]), traces[0].Source, text) : null;
        return cells.Length == 1
            ? One(cells[0], traces[0], workflow, registry, cancellation)
            : new CellComparison(cells[0], cells[1], traces[0], registry, cancellation).Lines(workflow);
    }

    private static IEnumerable<string> Journals(ExplainOptions options, PolicyRegistry registry, CancellationToken cancellation)
    {
        ExplainedRun[] runs = [.. options.Cells.Select(path => ExplainedJournal.Read(path, registry, cancellation))];
        int? workflow = options.Workflow is { } text ? TagOf(runs[0].Names, options.Cells[0], text) : null;
        return runs.Length == 1 ? Story(runs[0], workflow, workflow ?? Longest(runs[0])) : ExplainedJournal.Compared(runs[0], runs[1], workflow);
    }

    private static IEnumerable<string> One(StoredCell cell, Workload trace, int? workflow, PolicyRegistry registry, CancellationToken cancellation)
    {
        int tag = workflow ?? Longest(ExplainedRun.Of(cell, trace, registry, watched: null, force: null, cancellation));
        ExplainedRun run = ExplainedRun.Of(cell, trace, registry, node => trace.Nodes[node].Workflow == tag, force: null, cancellation);
        return Story(run, workflow, tag);
    }

    private static IEnumerable<string> Story(ExplainedRun run, int? asked, int tag)
    {
        string[] hint = asked is null ? ["the workflow that took longest; --workflow names another"] : [];
        return [run.Title, .. hint, .. new WorkflowStory(run, tag).Lines()];
    }

    private static int Longest(ExplainedRun run) =>
        run.Trail.Workflows.Keys.OrderByDescending(tag => run.Trail.Blame[tag]?.Total.Ns ?? -1).ThenBy(tag => tag).First();

    private static int TagOf(IRunNames names, string source, string text)
    {
        for (int workflow = 0; workflow < names.Workflows; workflow++)
        {
            if (names.Workflow(workflow) == text)
            {
                return workflow;
            }
        }
        return int.TryParse(text, out int number) && number >= 0 && number < names.Workflows
            ? number
            : throw new InputException($"--workflow {text}: {source} has no such workflow; allowed: an id such as {names.Workflow(0)}, or a number from 0 to {names.Workflows - 1}");
    }
}
