using System.Globalization;
using Cortex.Policies.Random;

namespace Cortex.Workloads.Tests;

/// <summary>Workflows drawn at random: calls, tools and people with dependencies, starts, guards, delays and prompts of all kinds of streams.</summary>
internal static class RandomFlows
{
    private static readonly string[] Outcomes = ["ok", "error", "empty"];

    public static AgentflowWorkflow Draw(ulong seed)
    {
        RandomStream random = new(seed, "flows");
        AgentflowWorkflow workflow = new() { Id = string.Create(CultureInfo.InvariantCulture, $"w{seed}"), ArrivalNs = 0 };
        int count = 1 + random.NextInt(12);
        for (int n = 0; n < count; n++)
        {
            workflow.Nodes.Add(Node(random, workflow, n));
        }
        return workflow;
    }

    private static AgentflowNode Node(RandomStream random, AgentflowWorkflow workflow, int n)
    {
        AgentflowNode node = new() { Kind = n == 0 ? NodeKind.Llm : (NodeKind)random.NextInt(3) };
        node.Deps = [.. Some(random, n, 3)];
        node.DelayNs = random.NextInt(3) == 0 ? Time(random) : 0;
        node.AfterStart = [.. Some(random, n, random.NextInt(4) == 0 ? 2 : 0).Select(other => new AgentflowStart(other, random.NextInt(2) * Time(random)))];
        if (n > 0 && random.NextInt(4) == 0)
        {
            node.When = [new(random.NextInt(n), random.NextInt(2) == 0 ? ["ok"] : ["error", "empty"])];
        }
        string outcome = Outcomes[Math.Max(random.NextInt(5) - 2, 0)];
        node.Outcome = outcome == "ok" ? null : outcome;
        if (node.Kind != NodeKind.Llm)
        {
            node.DurationNs = Time(random);
            node.Result = node.Kind == NodeKind.Tool ? random.NextInt(90) : 0;
            return node;
        }
        node.Out = 1 + random.NextInt(80);
        node.Reason = random.NextInt(3) == 0 ? random.NextInt(node.Out) : 0;
        int[] calls = [.. Enumerable.Range(0, n).Where(other => workflow.Nodes[other].Kind == NodeKind.Llm)];
        List<AgentflowSegment> segments = [.. Segments(random, workflow, n)];
        if (calls.Length > 0 && random.NextInt(2) == 0)
        {
            node.Base = calls[random.NextInt(calls.Length)];
            node.Keep = random.NextInt(3) == 0 ? 1 + random.NextInt(40) : null;
            node.Add = segments;
        }
        else
        {
            node.Prompt = [new("g:sys", 0, 1 + random.NextInt(100)), .. segments];
        }
        return node;
    }

    private static IEnumerable<AgentflowSegment> Segments(RandomStream random, AgentflowWorkflow workflow, int n)
    {
        for (int i = random.NextInt(4); i > 0; i--)
        {
            int other = n == 0 ? -1 : random.NextInt(n);
            int most = other < 0 ? 0 : workflow.Nodes[other] switch { { Kind: NodeKind.Llm } call => call.Out, { Kind: NodeKind.Tool } tool => tool.Result, _ => 0 };
            string name = random.NextInt(3) switch
            {
                0 when most > 0 => string.Create(CultureInfo.InvariantCulture, $"{(workflow.Nodes[other].Kind == NodeKind.Llm ? 'o' : 'r')}:{other}"),
                1 => "x:doc",
                _ => string.Create(CultureInfo.InvariantCulture, $"u:{random.NextInt(3)}"),
            };
            most = name[0] is 'o' or 'r' ? most : 200;
            int offset = random.NextInt(most);
            yield return new(name, offset, 1 + random.NextInt(most - offset));
        }
    }

    private static IEnumerable<int> Some(RandomStream random, int n, int most)
    {
        SortedSet<int> some = [];
        for (int i = n == 0 ? 0 : random.NextInt(most + 1); i > 0; i--)
        {
            some.Add(random.NextInt(n));
        }
        return some;
    }

    private static long Time(RandomStream random) => 1_000L * random.NextInt(5_000);
}
