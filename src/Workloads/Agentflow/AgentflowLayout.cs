using System.Runtime.InteropServices;
using Cortex.Policies;
using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>Makes workflows of a trace in memory from agentflow's. Kept is what a play needs; the rest is dropped line by line.</summary>
internal sealed class AgentflowLayout
{
    private readonly AgentflowChecks checks;
    private readonly WorkloadBuilder builder;
    private readonly AgentflowStreams streams;
    private readonly AgentflowBlocks blocks;
    private readonly Dictionary<string, AgentflowDistribution> toolTimes = [];
    private readonly List<int> deps = [];
    private long drawn;

    public AgentflowLayout(string file, AgentflowHeader header, WorkloadBuilder builder)
    {
        this.builder = builder;
        checks = new(file, header);
        streams = new(builder);
        streams.Declare(header);
        blocks = new(header.NativeBlock);
        builder.PromptsContainOutputs = true;
        builder.ClosedByDefault = header.Closed;
        builder.NativeBlock = header.NativeBlock;
        builder.Programs = header.Programs;
        builder.Databases = header.Databases;
        foreach (AgentflowTool tool in header.Tools)
        {
            if (tool.Time is not null)
            {
                toolTimes[tool.Name] = tool.Time;
            }
        }
    }

    /// <summary>Appends a workflow.</summary>
    /// <exception cref="TraceException">It makes no sense.</exception>
    public void Add(AgentflowWorkflow workflow)
    {
        checks.Demand(workflow);
        int first = builder.NextTag;
        streams.BeginWorkflow(first);
        foreach (AgentflowNode node in workflow.Nodes)
        {
            AddNode(workflow, node, first);
        }
        builder.AddWorkflow(
            workflow.Id, first, workflow.ArrivalNs is long ns ? new Instant(ns) : null, workflow.Class ?? "", workflow.Priority, workflow.Tenant ?? "",
            workflow.Slo, workflow.Play);
    }

    /// <summary>Called behind the last workflow.</summary>
    public void Finish()
    {
        builder.ChainedBlocks = blocks.Chained;
        if (drawn > 0)
        {
            builder.Note($"times drawn from distributions, the same in every run: {drawn}");
        }
    }

    private void AddNode(AgentflowWorkflow workflow, AgentflowNode node, int first)
    {
        // A guard needs its node's outcome, so its node is a dependency as well.
        deps.Clear();
        foreach (int number in node.Deps.Concat(node.When.Select(guard => guard.Node)))
        {
            if (!deps.Contains(first + number))
            {
                deps.Add(first + number);
            }
        }
        ReadOnlySpan<int> before = CollectionsMarshal.AsSpan(deps);
        ushort outcome = node.Outcome is string label ? builder.Outcome(label) : (ushort)0;
        int tag = builder.NextTag;
        switch (node.Kind)
        {
            case NodeKind.Llm:
                BuildPrompt(workflow, node, first);
                builder.AddCall(builder.Stage(node.Stage ?? "llm"), node.Out, before, builder.NewStream(), node.DelayNs, node.MaxTokens ?? 0, outcome);
                break;
            case NodeKind.Tool:
                builder.AddPause(
                    NodeKind.Tool, builder.Stage(node.Stage ?? node.Name ?? "tool"), TimeOf(workflow, node, tag - first), before, node.DelayNs, outcome, node.Result,
                    builder.NewStream());
                break;
            default:
                builder.AddPause(NodeKind.Human, builder.Stage(node.Stage ?? "human"), TimeOf(workflow, node, tag - first), before, node.DelayNs, outcome);
                break;
        }
        if (node.When.Count > 0)
        {
            builder.AddGuards(tag, [.. node.When.Select(guard => new Guard(first + guard.Node, [.. guard.Outcomes.Select(builder.Outcome)]))]);
        }
        if (node.AfterStart.Count > 0)
        {
            builder.AddStarts(tag, [.. node.AfterStart.Select(start => new StartEdge(first + start.Node, start.DelayNs))]);
        }
        if (node.AtNs is long at)
        {
            builder.AddRelease(tag, at);
        }
        if (node.Slo is not null)
        {
            builder.AddPromise(tag, node.Slo);
        }
        if (node.Run is not null)
        {
            builder.AddRun(tag, node.Run);
        }
        if (node is { Background: true, Kind: NodeKind.Tool })
        {
            builder.AddBackground(tag);
        }
    }

    private void BuildPrompt(AgentflowWorkflow workflow, AgentflowNode node, int first)
    {
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        if (node.Base is int number)
        {
            AgentflowNode truth = workflow.Nodes[number];
            Node parent = builder.NodeAt(first + number);
            int left = node.Keep ?? int.MaxValue;
            foreach (Segment segment in parent.Prompt)
            {
                int length = Math.Min(left, segment.Length);
                prompt.Add(segment.Stream, segment.Offset, length);
                left -= length;
            }
            prompt.Add(parent.Output, truth.Reason, truth.Out - truth.Reason);
            blocks.Continued();
        }
        foreach (AgentflowSegment segment in node.Prompt ?? node.Add)
        {
            blocks.Learn(segment, prompt.Tokens);
            prompt.Add(streams.Find(segment.Stream), segment.Offset, segment.Length);
        }
    }

    /// <summary>What the agent waits for at most counts, even if the tool would run longer.</summary>
    private long TimeOf(AgentflowWorkflow workflow, AgentflowNode node, int n)
    {
        long ns = node.DurationNs ?? Drawn(workflow, node, n);
        return Math.Min(ns, node.TimeoutNs ?? long.MaxValue);
    }

    private long Drawn(AgentflowWorkflow workflow, AgentflowNode node, int n)
    {
        drawn++;
        AgentflowDistribution from = node.Distribution!.Name is string tool ? toolTimes[tool] : node.Distribution;
        RandomStream random = new((ulong)builder.WorkflowCount, $"{workflow.Id}/{n}");
        return from.Draw(random);
    }
}
