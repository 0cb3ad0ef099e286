using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>How far each node of a played trace has come.</summary>
internal sealed class NodeProgress
{
    private readonly Workload workload;
    private readonly State[] states;
    private readonly int[] pending;
    private readonly int[]? produced;

    /// <summary>The earliest start of nodes for which more counts than the end of their last dependency.</summary>
    private readonly Dictionary<int, long> floors = [];

    public NodeProgress(Workload workload)
    {
        this.workload = workload;
        states = new State[workload.NodeCount];
        pending = new int[workload.NodeCount];
        produced = workload.PromptsContainOutputs ? new int[workload.NodeCount] : null;
    }

    private enum State : byte
    {
        Waiting,
        Running,
        Ended,
        Skipped,
    }

    /// <summary>Nodes that have ended or been skipped and whose dependents have yet to be told.</summary>
    public Stack<int> Settled { get; } = [];

    /// <summary>How many nodes so far could have started earlier, had the record not held them back.</summary>
    public int HeldBack { get; private set; }

    /// <summary>The node's workflow arrives at <paramref name="ns"/>. True if it waits for nothing.</summary>
    public bool Expect(int tag, long ns)
    {
        int ends = workload.Dependencies(tag).Length, starts = workload.Starts(tag).Length;
        if (ends == 0 && starts > 0)
        {
            NotBefore(tag, checked(ns + workload.Nodes[tag].DelayNs));
        }
        return (pending[tag] = ends + starts) == 0;
    }

    /// <summary>Takes the node out of the order of dependencies: it is released by its time alone.</summary>
    public void Detach(int tag) => pending[tag] = int.MaxValue;

    /// <summary>The node does not start before <paramref name="ns"/>.</summary>
    public void NotBefore(int tag, long ns) => floors[tag] = Math.Max(floors.GetValueOrDefault(tag), ns);

    /// <summary>When a node starts that has waited for the last time at <paramref name="ns"/>.</summary>
    public long StartOf(int tag, long ns)
    {
        long start = workload.Starts(tag).IsEmpty ? checked(ns + workload.Nodes[tag].DelayNs) : ns;
        if (floors.Count == 0 || !floors.Remove(tag, out long floor) || floor <= start)
        {
            return start;
        }
        HeldBack += workload.NotBeforeNs(tag) is null ? 0 : 1;
        return floor;
    }

    public void Start(int tag) => states[tag] = State.Running;

    public void End(int tag, int producedTokens)
    {
        if (states[tag] != State.Running)
        {
            throw new InvalidOperationException($"node {tag} has ended but was {states[tag].ToString().ToLowerInvariant()}");
        }
        states[tag] = State.Ended;
        if (produced is not null)
        {
            produced[tag] = producedTokens;
        }
    }

    public void Skip(int tag) => states[tag] = State.Skipped;

    public bool IsSkipped(int tag) => states[tag] == State.Skipped;

    /// <summary>One of the node's dependencies has settled at <paramref name="ns"/>. True if it waits for nothing more.</summary>
    public bool DependencySettled(int tag, long ns)
    {
        if (!workload.Starts(tag).IsEmpty)
        {
            NotBefore(tag, checked(ns + workload.Nodes[tag].DelayNs));
        }
        return --pending[tag] == 0;
    }

    /// <summary>A node whose start it waits for has started, or is skipped; it may start at <paramref name="allowedNs"/>. True if it waits for nothing more.</summary>
    public bool OtherStarted(int tag, long allowedNs)
    {
        NotBefore(tag, allowedNs);
        return --pending[tag] == 0;
    }

    /// <summary>True if each guard's node has run and come out as the guard wants.</summary>
    public bool GuardsHold(int tag)
    {
        foreach (Guard guard in workload.Guards(tag))
        {
            if (states[guard.Node] != State.Ended || !guard.Allows(workload.Nodes[guard.Node].Outcome))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The prompt with outputs and results cut to what was produced. At least one token is left, as a call cannot have none.</summary>
    public Segment[] Prompt(int tag, out int tokens)
    {
        ref readonly Node node = ref workload.Nodes[tag];
        tokens = 0;
        if (produced is not null)
        {
            foreach (Segment segment in node.Prompt)
            {
                tokens += Produced(segment);
            }
            if (tokens < node.PromptTokens)
            {
                return Cut(node.Prompt, ref tokens);
            }
        }
        tokens = node.PromptTokens;
        return node.Prompt;
    }

    private Segment[] Cut(Segment[] full, ref int tokens)
    {
        if (tokens == 0)
        {
            tokens = 1;
            return [full[0] with { Length = 1 }];
        }
        List<Segment> kept = new(full.Length);
        foreach (Segment segment in full)
        {
            int length = Produced(segment);
            if (length > 0)
            {
                kept.Add(segment with { Length = length });
            }
        }
        return [.. kept];
    }

    private int Produced(Segment segment)
    {
        int producer = workload.ProducerOf(segment.Stream);
        // Open loop, a call may be sent before what it contains has been produced: it was so when it was recorded.
        bool settled = producer >= 0 && states[producer] is (State.Ended or State.Skipped);
        return settled ? Math.Clamp(produced![producer] - segment.Offset, 0, segment.Length) : segment.Length;
    }
}
