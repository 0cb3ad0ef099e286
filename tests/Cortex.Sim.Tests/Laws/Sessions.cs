using System.Text;
using Cortex.Policies.Random;
using Cortex.Workloads;

namespace Cortex.Sim.Tests.Laws;

/// <summary>Agents' sessions drawn from a seed: calls with tools between them, two kinds of agent, prompts that share and grow.</summary>
internal static class Sessions
{
    public const int Count = 24;

    /// <param name="seed">What is drawn.</param>
    /// <param name="scale">All times of the trace are so many times as long.</param>
    /// <param name="kinds">Which sessions: of agent <c>a</c>, of <c>b</c>, or both.</param>
    /// <param name="before">A call that comes alone, long before the others.</param>
    public static Workload Draw(ulong seed, int scale = 1, string kinds = "ab", bool before = false)
    {
        RandomStream draw = new(seed, "sessions");
        StringBuilder trace = new("""{"format":"agentflow","version":1,"replay":"open"}""");
        trace.AppendLine();
        long arrival = 10_000_000;
        if (before)
        {
            trace.AppendLine("""{"id":"before","arrival":0,"nodes":[{"n":0,"kind":"llm","stage":"a","deps":[],"prompt":[["u:0",0,40]],"out":2}]}""");
        }
        for (int session = 0; session < Count; session++)
        {
            arrival += draw.NextInt(4) == 0 ? 0 : draw.NextInt(150_000);
            char kind = "ab"[draw.NextInt(2)];
            string nodes = Nodes(draw, kind, scale);
            if (kinds.Contains(kind))
            {
                trace.AppendLine(FormattableString.Invariant($$"""{"id":"{{session}}","arrival":{{arrival * scale}},"nodes":[{{nodes}}]}"""));
            }
        }
        return TraceFile.Load(Encoding.UTF8.GetBytes(trace.ToString()), "sessions.jsonl");
    }

    private static string Nodes(RandomStream draw, char kind, int scale)
    {
        int calls = 1 + draw.NextInt(4);
        int turn = 20 + draw.NextInt(300);
        int output = 1 + draw.NextInt(90);
        List<string> nodes =
        [
            FormattableString.Invariant(
                $$"""{"n":0,"kind":"llm","stage":"{{kind}}","deps":[],"prompt":[["g:system {{kind}}",0,320],["u:0",0,{{turn}}]],"out":{{output}}}"""),
        ];
        for (int call = 1; call < calls; call++)
        {
            int result = 1 + draw.NextInt(200);
            long time = (long)draw.NextInt(400_000) * scale;
            output = 1 + draw.NextInt(90);
            nodes.Add(FormattableString.Invariant(
                $$"""{"n":{{2 * call - 1}},"kind":"tool","deps":[{{2 * call - 2}}],"dur":{{time}},"result":{{result}}}"""));
            nodes.Add(FormattableString.Invariant(
                $$"""{"n":{{2 * call}},"kind":"llm","stage":"{{kind}}","deps":[{{2 * call - 1}}],"base":{{2 * call - 2}},"add":[["r:{{2 * call - 1}}",0,{{result}}]],"out":{{output}}}"""));
        }
        return string.Join(",", nodes);
    }
}
