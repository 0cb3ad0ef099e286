using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>How far each node of a played trace has come.</summary>
internal sealed class NodeProgress
{
    private readonly Workload workload;
    private readonly State[] states;
    private readonly int[] pending;
    private readonly int[]? produced;

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

    /// <summary>The node's workflow has arrived. True if it waits for nothing.</summary>
    public bool Expect(int tag) => (pending[tag] = workload.Dependencies(tag).Length) == 0;

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

    /// <summary>One of the node's dependencies has settled. True if it was the last.</summary>
    public bool DependencySettled(int tag) => --pending[tag] == 0;

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
        return producer < 0 ? segment.Length : Math.Clamp(produced![producer] - segment.Offset, 0, segment.Length);
    }
}
