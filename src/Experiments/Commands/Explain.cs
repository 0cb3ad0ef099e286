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
    /// <summary>Runs the cells again, in the simulator, and tells what they decided.</summary>
    /// <param name="console">Where it is told.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Gives the runs up.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(ExplainOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console, cancellation));

    private static int Execute(ExplainOptions options, IAnsiConsole console, CancellationToken cancellation)
    {
        var registry = new PolicyRegistry();
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
        int? workflow = options.Workflow is { } text ? TagOf(traces[0], text) : null;
        IEnumerable<string> lines = cells.Length == 1
            ? One(cells[0], traces[0], workflow, registry, cancellation)
            : new CellComparison(cells[0], cells[1], traces[0], registry, cancellation).Lines(workflow);
        foreach (string line in lines)
        {
            console.WriteLine(line);
        }
        return ExitCode.Ok;
    }

    private static IEnumerable<string> One(StoredCell cell, Workload trace, int? workflow, PolicyRegistry registry, CancellationToken cancellation)
    {
        int tag = workflow ?? Longest(ExplainedRun.Of(cell, trace, registry, watched: null, force: null, cancellation));
        ExplainedRun run = ExplainedRun.Of(cell, trace, registry, node => trace.Nodes[node].Workflow == tag, force: null, cancellation);
        string[] hint = workflow is null ? ["the workflow that took longest; --workflow names another"] : [];
        return [Rerun.Title(run), .. hint, .. new WorkflowStory(run, tag).Lines()];
    }

    private static int Longest(ExplainedRun run) =>
        run.Trail.Workflows.Keys.OrderByDescending(tag => run.Trail.Blame[tag]?.Total.Ns ?? -1).ThenBy(tag => tag).First();

    private static int TagOf(Workload workload, string text)
    {
        int named = Array.FindIndex(workload.Workflows, workflow => workflow.Id == text);
        if (named >= 0)
        {
            return named;
        }
        return int.TryParse(text, out int number) && number >= 0 && number < workload.Workflows.Length
            ? number
            : throw new InputException(
                $"--workflow {text}: {workload.Source} has no such workflow; allowed: an id such as {workload.Workflows[0].Id}, or a number from 0 to {workload.Workflows.Length - 1}");
    }
}
