namespace Cortex.Workloads;

/// <summary>
/// What a trace holds, taken workflow by workflow in a memory that does not grow with their number, but for what they share. Sums are over
/// all nodes; lengths, times and reuse over those that run by the outcomes that the trace tells.
/// </summary>
/// <param name="header">The trace's header.</param>
/// <param name="blockSize">Size in which reuse is counted, in tokens, at least 1.</param>
public sealed class TraceStatistics(AgentflowHeader header, int blockSize)
{
    private readonly PromptReuse overall = new(header, blockSize, forget: false);
    private readonly PromptReuse within = new(header, blockSize, forget: true);
    private long? lastArrival;
    private double gapSquares;

    /// <summary>Size in which reuse is counted, in tokens.</summary>
    public int BlockSize => blockSize;

    /// <summary>Number of workflows.</summary>
    public int Workflows { get; private set; }

    /// <summary>Workflows with an arrival of their own.</summary>
    public int Arrivals { get; private set; }

    /// <summary>From the first arrival to the last, in nanoseconds.</summary>
    public long SpanNs { get; private set; }

    /// <summary>Calls, those that do not run included.</summary>
    public long Calls { get; private set; }

    /// <summary>Calls that run.</summary>
    public long CallsTaken => Prompts.Count;

    /// <summary>Tool calls, those that do not run included.</summary>
    public long Tools { get; private set; }

    /// <summary>Pauses of people, those that do not run included.</summary>
    public long Humans { get; private set; }

    /// <summary>Tokens of all prompts, as if all ran.</summary>
    public long PromptTokens { get; private set; }

    /// <summary>Tokens of all outputs, as if all ran.</summary>
    public long OutputTokens { get; private set; }

    /// <summary>Lengths of prompts in tokens.</summary>
    public LengthCounts Prompts { get; } = new();

    /// <summary>Lengths of outputs in tokens.</summary>
    public LengthCounts Outputs { get; } = new();

    /// <summary>Calls of a workflow.</summary>
    public LengthCounts CallsOfWorkflow { get; } = new();

    /// <summary>Calls of the longest chain of dependencies of a workflow.</summary>
    public LengthCounts Depth { get; } = new();

    /// <summary>Times of tools in nanoseconds.</summary>
    public LengthCounts ToolTimes { get; } = new();

    /// <summary>Times of people in nanoseconds.</summary>
    public LengthCounts HumanTimes { get; } = new();

    /// <summary>Gaps between arrivals in nanoseconds.</summary>
    public LengthCounts Gaps { get; } = new();

    /// <summary>Standard deviation of the gaps over their mean; 0 if there are none.</summary>
    public double GapVariation => Gaps.Count < 2 ? 0 : Math.Sqrt(Math.Max(gapSquares / Gaps.Count - Gaps.Mean * Gaps.Mean, 0)) / Gaps.Mean;

    /// <summary>What an infinite cache would find.</summary>
    public ReuseTotals Reuse => overall.Totals;

    /// <summary>What an infinite cache would find that forgets each workflow's prompts when the next comes.</summary>
    public ReuseTotals ReuseWithin => within.Totals;

    /// <summary>Takes a workflow in.</summary>
    public void Add(AgentflowWorkflow workflow)
    {
        Workflows++;
        AddArrival(workflow.ArrivalNs);
        bool[] taken = AgentflowPaths.Taken(workflow);
        List<AgentflowSegment>[] prompts = AgentflowPaths.Prompts(workflow, taken);
        bool branches = Array.IndexOf(taken, false) >= 0;
        List<AgentflowSegment>[] all = branches ? AgentflowPaths.Prompts(workflow, taken: null) : prompts;
        int[] depth = new int[taken.Length];
        overall.BeginWorkflow();
        within.BeginWorkflow();
        long calls = 0;
        for (int n = 0; n < taken.Length; n++)
        {
            AgentflowNode node = workflow.Nodes[n];
            AddSums(node, all[n]);
            depth[n] = DepthBefore(node, depth) + (node.Kind == NodeKind.Llm && taken[n] ? 1 : 0);
            if (taken[n])
            {
                calls += node.Kind == NodeKind.Llm ? 1 : 0;
                AddTaken(node, prompts[n]);
            }
        }
        CallsOfWorkflow.Add(calls);
        Depth.Add(depth.Max());
    }

    private static int DepthBefore(AgentflowNode node, int[] depth)
    {
        int deepest = 0;
        foreach (int dep in node.Deps)
        {
            deepest = Math.Max(deepest, depth[dep]);
        }
        foreach (AgentflowGuard guard in node.When)
        {
            deepest = Math.Max(deepest, depth[guard.Node]);
        }
        return deepest;
    }

    private void AddArrival(long? arrivalNs)
    {
        if (arrivalNs is not long ns)
        {
            return;
        }
        Arrivals++;
        if (lastArrival is long last)
        {
            long gap = ns - last;
            Gaps.Add(gap);
            gapSquares += (double)gap * gap;
            SpanNs += gap;
        }
        lastArrival = ns;
    }

    private void AddSums(AgentflowNode node, List<AgentflowSegment> prompt)
    {
        switch (node.Kind)
        {
            case NodeKind.Llm:
                Calls++;
                PromptTokens += TokensOf(prompt);
                OutputTokens += node.Out;
                break;
            case NodeKind.Tool:
                Tools++;
                break;
            default:
                Humans++;
                break;
        }
    }

    private void AddTaken(AgentflowNode node, List<AgentflowSegment> prompt)
    {
        if (node.Kind == NodeKind.Llm)
        {
            Prompts.Add(TokensOf(prompt));
            Outputs.Add(node.Out);
            overall.Add(prompt);
            within.Add(prompt);
        }
        else if (node.DurationNs is long ns)
        {
            (node.Kind == NodeKind.Tool ? ToolTimes : HumanTimes).Add(ns);
        }
    }

    private static long TokensOf(List<AgentflowSegment> prompt)
    {
        long tokens = 0;
        foreach (AgentflowSegment segment in prompt)
        {
            tokens += segment.Length;
        }
        return tokens;
    }
}
