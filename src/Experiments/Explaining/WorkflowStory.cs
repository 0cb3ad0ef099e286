using Cortex.Policies;
using Cortex.Serving;
using Cortex.Serving.Decisions;
using static Cortex.Experiments.Explaining.ExplainText;

namespace Cortex.Experiments.Explaining;

/// <summary>One workflow of a run, node by node, with each decision about it.</summary>
internal sealed class WorkflowStory
{
    private readonly ExplainedRun run;
    private readonly ILookup<int, TrailEntry> decisions;
    private readonly HashSet<int> critical = [];

    /// <param name="run">A run in which the workflow's nodes were watched.</param>
    /// <param name="tag">The workflow.</param>
    public WorkflowStory(ExplainedRun run, int tag)
    {
        this.run = run;
        Tag = tag;
        decisions = run.Trail.Decisions.Where(entry => run.Names.WorkflowOf(entry.Node) == tag).ToLookup(entry => entry.Node);
        if (run.Trail.Workflows.TryGetValue(tag, out (Instant Arrived, Instant End) times) && times.End != Instant.Never)
        {
            for ((int node, _) = run.Trail.Causes.LastOf(tag); node >= 0; (node, _) = run.Trail.Causes.CauseOf(node))
            {
                critical.Add(node);
            }
        }
    }

    private int Tag { get; }

    public IEnumerable<string> Lines()
    {
        string kind = run.Names.Class(Tag);
        string name = $"workflow {run.Names.Workflow(Tag)}{(kind.Length > 0 ? $" ({kind})" : "")}";
        if (!run.Trail.Workflows.TryGetValue(Tag, out (Instant Arrived, Instant End) times))
        {
            yield return $"{name} never arrives";
            yield break;
        }
        if (run.Trail.Blame[Tag] is { } blame)
        {
            yield return $"{name} arrives at {Time(times.Arrived)}, ends at {Time(times.End)} and takes {Seconds(blame.Total)}";
            yield return $"  of which {Parts(blame.ToArray())}";
        }
        else
        {
            yield return $"{name} arrives at {Time(times.Arrived)} and does not end";
        }
        int[] nodes = [.. run.Names.Nodes(Tag).OrderBy(StartOf)];
        foreach (string line in nodes.SelectMany(NodeLines))
        {
            yield return line;
        }
    }

    /// <summary>Nodes that the core never heard of come last.</summary>
    private Instant StartOf(int node) =>
        run.Trail.Calls.TryGetValue(node, out CallRecord call) ? call.Ready
        : run.Trail.Tools.TryGetValue(node, out (Instant Start, Instant End) tool) ? tool.Start
        : Instant.Never;

    private IEnumerable<string> NodeLines(int node)
    {
        string name = Of($"node {run.Names.Number(node)} {run.Names.Stage(node)}");
        string path = critical.Contains(node) ? ", on the critical path" : "";
        if (run.Trail.Tools.TryGetValue(node, out (Instant Start, Instant End) tool))
        {
            return [$"{name}: tool from {Time(tool.Start)} to {Time(tool.End)}{path}"];
        }
        if (run.Trail.Calls.TryGetValue(node, out CallRecord call))
        {
            return CallLines(call, $"{name}: call with {Of($"{call.PromptTokens:N0}")} prompt tokens{path}");
        }
        return run.Names.IsPerson(node) ? [$"{name}: a person, whom the core does not see{path}"] : [$"{name}: not taken"];
    }

    private IEnumerable<string> CallLines(CallRecord call, string title)
    {
        yield return title;
        bool toldFirst = false;
        bool decodes = false;
        foreach (TrailEntry entry in decisions[call.Tag])
        {
            // A decode that begins a block, and what is dropped for that block, would be a line every few tokens.
            decodes = entry.Decision.Axis == DecisionAxis.Eviction ? decodes : entry.Decision is { Axis: DecisionAxis.Running, Answer: 1 };
            if (decodes)
            {
                continue;
            }
            if (!toldFirst && call.FirstToken < entry.At)
            {
                toldFirst = true;
                yield return $"  {Time(call.FirstToken),-14} first token";
            }
            yield return $"  {Time(entry.At),-14} {DecisionWords.Of(run, entry)}{Why(call, entry)}";
            if (entry.Decision.Axis == DecisionAxis.Routing && run.Scenes.TryGetValue(call.Tag, out RoutingScene? scene))
            {
                foreach (string line in SceneTable.Lines(run.NameOf, scene, worker => worker.Value == entry.Decision.Answer ? "→" : ""))
                {
                    yield return $"  {line}";
                }
            }
        }
        if (!toldFirst && call.FirstToken != Instant.Never)
        {
            yield return $"  {Time(call.FirstToken),-14} first token";
        }
        CallPhases phases = CallPhases.Of(call);
        yield return Of($"  {Time(call.End),-14} {call.State.ToString().ToLowerInvariant()}, {call.OutputTokens:N0} tokens of output: ")
            + Parts([phases.Queue, phases.Prefill, phases.Decode, phases.Preemption]);
    }

    /// <summary>Which policy answers for a decision, and for how long the call has waited.</summary>
    private string Why(in CallRecord call, in TrailEntry entry) => entry.Decision.Axis switch
    {
        DecisionAxis.Routing => $" (routing: {run.PolicyOf("routing")})",
        DecisionAxis.Admission when entry.At == call.Scheduled => $" (scheduling: {run.PolicyOf("scheduling")}; waited {Seconds(entry.At - call.Ready)})",
        DecisionAxis.Admission => " (back from a preemption)",
        _ => "",
    };
}
