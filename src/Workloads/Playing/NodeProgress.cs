using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>How far each node of a part of a played trace has come.</summary>
internal sealed class NodeProgress
{
    private readonly WorkloadPart part;
    private readonly long longestDelayNs;
    private readonly int first;
    private readonly State[] states;
    private readonly int[] pending;
    private readonly int[]? produced;

    /// <summary>The earliest start of nodes for which more counts than the end of their last dependency.</summary>
    private readonly Dictionary<int, long> floors = [];

    /// <summary>Of nodes that came out by themselves.</summary>
    private readonly Dictionary<int, ushort> outcomes = [];

    /// <param name="part">The part.</param>
    /// <param name="longestDelayNs">Longer delays are cut to it.</param>
    public NodeProgress(WorkloadPart part, long longestDelayNs)
    {
        this.part = part;
        this.longestDelayNs = longestDelayNs;
        first = part.FirstTag;
        int count = part.Nodes.Length;
        states = new State[count];
        pending = new int[count];
        produced = part.PromptsContainOutputs ? new int[count] : null;
        Unsettled = count;
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

    /// <summary>Nodes that have neither ended nor been skipped.</summary>
    public int Unsettled { get; private set; }

    /// <summary>How many nodes so far could have started earlier, had the record not held them back.</summary>
    public int HeldBack { get; private set; }

    /// <summary>The node's workflow arrives at <paramref name="ns"/>: from now on the node waits for others.</summary>
    public void Expect(int tag, long ns)
    {
        int ends = 0, starts = 0;
        foreach (int before in part.Dependencies(tag))
        {
            ends += IsSettled(before) ? 0 : 1;
        }
        foreach (StartEdge before in part.Starts(tag))
        {
            starts += IsSettled(before.Node) ? 0 : 1;
        }
        if (ends == 0 && !part.Starts(tag).IsEmpty)
        {
            NotBefore(tag, checked(ns + DelayOf(tag)));
        }
        pending[tag - first] = ends + starts;
    }

    /// <summary>True if the node waits for nothing.</summary>
    public bool IsFree(int tag) => pending[tag - first] == 0;

    /// <summary>The node has ended or been skipped, as the trace says, before its workflow arrives. Those before it have, too. True if it ran.</summary>
    public bool Assume(int tag)
    {
        if (!GuardsHold(tag))
        {
            Skip(tag);
            return false;
        }
        Start(tag);
        End(tag, part.NodeOf(tag).OutputTokens);
        return true;
    }

    /// <summary>What was assumed of a node is taken back.</summary>
    public void Undo(int tag)
    {
        states[tag - first] = State.Waiting;
        Unsettled++;
    }

    /// <summary>Takes the node out of the order of dependencies: it is released by its time alone.</summary>
    public void Detach(int tag) => pending[tag - first] = int.MaxValue;

    /// <summary>The node does not start before <paramref name="ns"/>.</summary>
    public void NotBefore(int tag, long ns) => floors[tag] = Math.Max(floors.GetValueOrDefault(tag), ns);

    /// <summary>When a node starts that has waited for the last time at <paramref name="ns"/>.</summary>
    public long StartOf(int tag, long ns)
    {
        long start = part.Starts(tag).IsEmpty ? checked(ns + DelayOf(tag)) : ns;
        if (floors.Count == 0 || !floors.Remove(tag, out long floor) || floor <= start)
        {
            return start;
        }
        HeldBack += part.NotBeforeNs(tag) is null ? 0 : 1;
        return floor;
    }

    public void Start(int tag) => states[tag - first] = State.Running;

    public void End(int tag, int producedTokens)
    {
        if (states[tag - first] != State.Running)
        {
            throw new InvalidOperationException($"node {tag} has ended but was {states[tag - first].ToString().ToLowerInvariant()}");
        }
        states[tag - first] = State.Ended;
        Unsettled--;
        if (produced is not null)
        {
            produced[tag - first] = producedTokens;
        }
    }

    /// <summary>The node has come out by itself, whatever the trace says.</summary>
    public void ComeOut(int tag, ushort outcome) => outcomes[tag] = outcome;

    public void Skip(int tag)
    {
        states[tag - first] = State.Skipped;
        Unsettled--;
    }

    /// <summary>The node has ended or been skipped.</summary>
    public bool IsSettled(int tag) => states[tag - first] is State.Ended or State.Skipped;

    public bool IsSkipped(int tag) => states[tag - first] == State.Skipped;

    /// <summary>One of the node's dependencies has settled at <paramref name="ns"/>. True if it waits for nothing more.</summary>
    public bool DependencySettled(int tag, long ns)
    {
        if (!part.Starts(tag).IsEmpty)
        {
            NotBefore(tag, checked(ns + DelayOf(tag)));
        }
        return --pending[tag - first] == 0;
    }

    /// <summary>A node whose start it waits for has started, or is skipped; it may start at <paramref name="allowedNs"/>. True if it waits for nothing more.</summary>
    public bool OtherStarted(int tag, long allowedNs)
    {
        NotBefore(tag, allowedNs);
        return --pending[tag - first] == 0;
    }

    /// <summary>True if each guard's node has run and come out as the guard wants.</summary>
    public bool GuardsHold(int tag)
    {
        foreach (Guard guard in part.Guards(tag))
        {
            if (states[guard.Node - first] != State.Ended || !guard.Allows(OutcomeOf(guard.Node)))
            {
                return false;
            }
        }
        return true;
    }

    private long DelayOf(int tag) => Math.Min(part.NodeOf(tag).DelayNs, longestDelayNs);

    private ushort OutcomeOf(int tag) => outcomes.Count > 0 && outcomes.TryGetValue(tag, out ushort own) ? own : part.NodeOf(tag).Outcome;

    /// <summary>The prompt with outputs and results cut to what was produced. At least one token is left, as a call cannot have none.</summary>
    public Segment[] Prompt(int tag, out int tokens)
    {
        ref readonly Node node = ref part.NodeOf(tag);
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
        Segment[] kept = new Segment[full.Length];
        int count = 0;
        foreach (Segment segment in full)
        {
            int length = Produced(segment);
            if (length > 0)
            {
                kept[count++] = segment with { Length = length };
            }
        }
        Array.Resize(ref kept, count);
        return kept;
    }

    private int Produced(Segment segment)
    {
        int producer = part.ProducerOf(segment.Stream);
        // Open loop, a call may be sent before what it contains has been produced: it was so when it was recorded.
        bool settled = producer >= 0 && states[producer - first] is (State.Ended or State.Skipped);
        return settled ? Math.Clamp(produced![producer - first] - segment.Offset, 0, segment.Length) : segment.Length;
    }
}
