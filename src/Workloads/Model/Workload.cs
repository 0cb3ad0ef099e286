using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// A trace in memory: workflows and their nodes in flat arrays, prompts as runs of tokens. It holds the whole truth, so it stays with the
/// backend and the <see cref="TracePlayer"/>; nothing of it but what a client would send reaches the core. Never changes once built.
/// </summary>
public sealed class Workload : ITrace
{
    private readonly WorkloadPart whole;

    internal Workload(WorkloadPart whole) => this.whole = whole;

    /// <summary>The name of the file it was read from, without folders.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The format it was recognised as: <c>mooncake</c>, <c>agentic-mooncake</c>, <c>agentic-mooncake-v1</c>, <c>azure</c>, <c>burstgpt</c>,
    /// <c>bailian</c>, <c>vidur</c>, <c>weka</c>, <c>thunderagent</c>, <c>agentcgroup</c>, <c>hexgen</c>, <c>llmservingsim</c>,
    /// <c>requests</c> or <c>agentflow</c>.
    /// </summary>
    public required string Format { get; init; }

    /// <summary>SHA-256 over the bytes of the file as stored, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Names of the nodes' roles; <see cref="StageId"/> is the index.</summary>
    public required string[] Stages { get; init; }

    /// <summary>Names of the ways in which a node can come out; the first is <c>ok</c>.</summary>
    public required string[] Outcomes { get; init; }

    /// <summary>All workflows in the file's order.</summary>
    public Workflow[] Workflows => whole.Workflows;

    /// <summary>All nodes, workflow by workflow; a node's tag is its index.</summary>
    public Node[] Nodes => whole.Nodes;

    /// <inheritdoc/>
    public required IReadOnlyList<StageId> CallStages { get; init; }

    /// <inheritdoc/>
    public required bool HasGuards { get; init; }

    /// <inheritdoc/>
    public required bool HasPromises { get; init; }

    /// <inheritdoc/>
    public required ArrivalSpan Arrivals { get; init; }

    /// <summary>Number of streams; ids run from 0.</summary>
    public required int StreamCount { get; init; }

    /// <summary>True if the trace is meant to be played closed loop: a user starts the next workflow when the last one has ended.</summary>
    public required bool ClosedByDefault { get; init; }

    /// <summary>Block size, in tokens, in which the trace names its prompts' contents; 0 if it names none.</summary>
    public required int NativeBlock { get; init; }

    /// <summary>
    /// True if the trace's block ids are chained: one id stands for the block and all before it, and block <c>i</c> lies at offset
    /// <c>i</c> × <see cref="NativeBlock"/> of its stream.
    /// </summary>
    public required bool ChainedBlocks { get; init; }

    /// <summary>What the import changed or counted, a sentence each, such as <c>zero-length outputs counted as 1: 27</c>.</summary>
    public required string[] Notes { get; init; }

    /// <summary>The declared program of each class, for those that the trace declares: what policies may know in advance.</summary>
    public IReadOnlyList<AgentflowProgram> Programs { get; init; } = [];

    /// <summary>The databases that tools ask.</summary>
    public IReadOnlyList<TraceDatabase> Databases { get; init; } = [];

    /// <summary>Sums over all calls.</summary>
    public required TraceTotals Totals { get; init; }

    /// <summary>Number of nodes of all kinds.</summary>
    public int NodeCount => Nodes.Length;

    /// <inheritdoc/>
    public int WorkflowCount => Workflows.Length;

    /// <summary>Tags of the nodes that must have ended, or been skipped, before the node with this tag may start.</summary>
    public ReadOnlySpan<int> Dependencies(int tag) => whole.Dependencies(tag);

    /// <summary>Tags of the nodes that wait for the node with this tag, in ascending order.</summary>
    public ReadOnlySpan<int> Dependents(int tag) => whole.Dependents(tag);

    /// <summary>The conditions under which the node runs; all must hold, none means that it always runs.</summary>
    public ReadOnlySpan<Guard> Guards(int tag) => whole.Guards(tag);

    /// <summary>Nodes that must have started, and how long before the node with this tag may.</summary>
    public ReadOnlySpan<StartEdge> Starts(int tag) => whole.Starts(tag);

    /// <summary>Nodes that wait for the start of the node with this tag, with their delays, in ascending order.</summary>
    public ReadOnlySpan<StartEdge> StartDependents(int tag) => whole.StartDependents(tag);

    /// <summary>Open loop: when the node is released, from the start of the trace; null if it follows its dependencies.</summary>
    public long? ReleaseNs(int tag) => whole.ReleaseNs(tag);

    /// <summary>How long after the start of its workflow the node may start at the earliest, since it was recorded so; null if it was not.</summary>
    public long? NotBeforeNs(int tag) => whole.NotBeforeNs(tag);

    /// <summary>What is promised for the node by itself; null if nothing is.</summary>
    public AgentflowSlo? PromiseOf(int tag) => whole.PromiseOf(tag);

    /// <summary>What a tool really does where tools are run; null if nothing but taking its time.</summary>
    public ToolRun? RunOf(int tag) => whole.RunOf(tag);

    /// <summary>True if nobody waits for the node, so that its workflow may end before it.</summary>
    public bool IsBackground(int tag) => whole.IsBackground(tag);

    /// <summary>Number of nodes of a workflow that it waits for.</summary>
    public int AwaitedNodes(in Workflow workflow) => whole.AwaitedNodes(workflow);

    /// <summary>Tag of the node that yields the stream, or −1 if it is given from the start. Only where prompts can contain outputs.</summary>
    public int ProducerOf(StreamId stream) => whole.ProducerOf(stream);

    /// <summary>True if prompts may contain what other nodes have yielded.</summary>
    public bool PromptsContainOutputs => whole.PromptsContainOutputs;

    IEnumerable<WorkloadPart> ITrace.Parts() => [whole];
}
