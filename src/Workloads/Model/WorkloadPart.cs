using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Consecutive workflows of a trace, or all of them, with their nodes in flat arrays. Tags, indices of workflows and ids of streams are the
/// trace's. Never changes once built.
/// </summary>
internal sealed class WorkloadPart
{
    private readonly Edges dependencies;
    private readonly Edges dependents;
    private readonly NodeFacts facts;
    private readonly Dictionary<int, List<StartEdge>> startDependents = [];
    private readonly int[]? producers;

    /// <param name="dependencies">By node.</param>
    /// <param name="facts">What only some nodes have.</param>
    /// <param name="firstTag">Tag of the first node.</param>
    /// <param name="producers">By stream from <see cref="FirstStream"/>: tag of the node that yields it, or −1; null if prompts contain no outputs.</param>
    public WorkloadPart(Edges dependencies, NodeFacts facts, int firstTag, int[]? producers)
    {
        this.dependencies = dependencies;
        this.facts = facts;
        this.producers = producers;
        FirstTag = firstTag;
        for (int i = 0; i < dependencies.Count && facts.Starts.Count > 0; i++)
        {
            foreach (StartEdge edge in Starts(firstTag + i))
            {
                if (!startDependents.TryGetValue(edge.Node, out List<StartEdge>? waiting))
                {
                    startDependents[edge.Node] = waiting = [];
                }
                waiting.Add(new(firstTag + i, edge.DelayNs));
            }
        }
        dependents = dependencies.Reversed(firstTag);
    }

    /// <summary>Tag of the first node.</summary>
    public int FirstTag { get; }

    public required int FirstWorkflow { get; init; }

    public required Workflow[] Workflows { get; init; }

    public required Node[] Nodes { get; init; }

    /// <summary>What an import keeps of each node beside what a play needs; null if the trace is loaded for a play.</summary>
    public AgentflowNode[]? Details { get; init; }

    /// <summary>Streams from this one up to <see cref="EndStream"/> are the part's own, unless the format shares them; smaller ones are shared.</summary>
    public required int FirstStream { get; init; }

    public required int EndStream { get; init; }

    /// <summary>True if prompts may contain what other nodes have yielded.</summary>
    public bool PromptsContainOutputs => producers is not null;

    public ref readonly Node NodeOf(int tag) => ref Nodes[tag - FirstTag];

    public ref readonly Workflow WorkflowOf(int index) => ref Workflows[index - FirstWorkflow];

    /// <inheritdoc cref="Workload.Dependencies"/>
    public ReadOnlySpan<int> Dependencies(int tag) => dependencies[tag - FirstTag];

    /// <inheritdoc cref="Workload.Dependents"/>
    public ReadOnlySpan<int> Dependents(int tag) => dependents[tag - FirstTag];

    /// <inheritdoc cref="Workload.Guards"/>
    public ReadOnlySpan<Guard> Guards(int tag) => facts.Guards.Count > 0 && facts.Guards.TryGetValue(tag, out Guard[]? found) ? found : [];

    /// <inheritdoc cref="Workload.Starts"/>
    public ReadOnlySpan<StartEdge> Starts(int tag) => facts.Starts.Count > 0 && facts.Starts.TryGetValue(tag, out StartEdge[]? found) ? found : [];

    /// <inheritdoc cref="Workload.StartDependents"/>
    public ReadOnlySpan<StartEdge> StartDependents(int tag) =>
        startDependents.Count > 0 && startDependents.TryGetValue(tag, out List<StartEdge>? found) ? CollectionsMarshal.AsSpan(found) : [];

    /// <inheritdoc cref="Workload.ReleaseNs"/>
    public long? ReleaseNs(int tag) => facts.Releases.Count > 0 && facts.Releases.TryGetValue(tag, out long ns) ? ns : null;

    /// <inheritdoc cref="Workload.NotBeforeNs"/>
    public long? NotBeforeNs(int tag) => facts.NotBefore.Count > 0 && facts.NotBefore.TryGetValue(tag, out long ns) ? ns : null;

    /// <inheritdoc cref="Workload.IsBackground"/>
    public bool IsBackground(int tag) => facts.Background.Count > 0 && facts.Background.Contains(tag);

    /// <inheritdoc cref="Workload.PromiseOf"/>
    public AgentflowSlo? PromiseOf(int tag) => facts.Promises.Count > 0 ? facts.Promises.GetValueOrDefault(tag) : null;

    /// <inheritdoc cref="Workload.RunOf"/>
    public ToolRun? RunOf(int tag) => facts.Runs.GetValueOrDefault(tag);

    /// <inheritdoc cref="Workload.AwaitedNodes"/>
    public int AwaitedNodes(in Workflow workflow)
    {
        int awaited = workflow.NodeCount;
        for (int i = 0; i < workflow.NodeCount && facts.Background.Count > 0; i++)
        {
            awaited -= IsBackground(workflow.FirstNode + i) ? 1 : 0;
        }
        return awaited;
    }

    /// <inheritdoc cref="Workload.ProducerOf"/>
    public int ProducerOf(StreamId stream) => producers is null || stream.Value < FirstStream ? -1 : producers[stream.Value - FirstStream];
}
