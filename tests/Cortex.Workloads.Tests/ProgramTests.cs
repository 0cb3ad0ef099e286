using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>The programs of generated traces: what their workflows look like, and that the same seed gives the same bytes everywhere.</summary>
public sealed class ProgramTests
{
    public static TheoryData<string, string> Goldens => new()
    {
        { "nl2sql", "c375f27a628054dcc815429c57da0e88d18b5c05598e1bddb6644690d00107f1" },
        { "react", "9bc19d396557ede316c4097784f36dd62fb32e5532db9ea70c8dd1c270081f9a" },
        { "research", "52019649bc2a7f475b21c9c4a55592cac140a90ccbb648dba08cffdd7cee5a07" },
        { "chat", "ca6f395e32b77f3b2f82f247f7ed18be5dffb2445b9bc0a24018e541f5987ea8" },
    };

    public static TheoryData<string> Names => [.. WorkloadGenerator.Programs];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void A_seed_gives_the_same_bytes_on_every_machine(string program, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Lines(program, 1, 50).Select(line => line + "\n"))))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_trace_is_without_a_fault_and_declares_its_program(string program)
    {
        byte[] bytes = Generating.Bytes(WorkloadGenerator.Profile(program), 3, 200);
        using AgentflowReader reader = AgentflowReader.Open(bytes, "generated.jsonl");
        AgentflowProgram declared = Assert.Single(reader.Header.Programs);
        Assert.Equal(program, declared.Class);
        string[] stages = [.. declared.Stages.Select(stage => stage.Name)];
        Assert.All(declared.Stages.SelectMany(stage => stage.Next), branch => Assert.Contains(branch.Stage, stages));
        int workflows = 0;
        foreach (AgentflowWorkflow workflow in reader.Rest())
        {
            workflows++;
            Assert.Equal(program, workflow.Class);
            Assert.All(workflow.Nodes, node => Assert.Contains(node.Stage, stages));
            Assert.All(workflow.Nodes, node => Assert.Equal(node.Kind, declared.Stages.Single(stage => stage.Name == node.Stage).Kind));
        }
        Assert.Equal(200, workflows);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_seed_gives_other_workflows_and_more_workflows_begin_with_the_same(string program)
    {
        string[] few = Lines(program, 1, 10);
        Assert.Equal(few[1..], Lines(program, 1, 25)[1..11]);
        Assert.NotEqual(few[1..], Lines(program, 2, 10)[1..]);
    }

    [Fact]
    public void Who_changes_lengths_gets_the_same_graphs_outcomes_and_times()
    {
        ReActProfile usual = new();
        string[] lines = Generating.Lines(usual, 5, 40);
        string[] longer = Generating.Lines(usual with { Thought = new(900, 0.2, 100, 3000), Task = Spread.Of(77) }, 5, 40);
        Assert.NotEqual(lines, longer);
        Assert.Equal(lines.Skip(1).Select(WithoutLengths), longer.Skip(1).Select(WithoutLengths));

        // Prompt segments, outputs and reasoning are lengths; all else is not.
        static string WithoutLengths(string line) => Regex.Replace(Regex.Replace(line, @"\[""[a-z]:[^\]]*\]", ""), @"""(out|reason|result)"":\d+", "");
    }

    [Fact]
    public void A_coding_agent_takes_its_steps_and_keeps_the_ones_it_does_not_take()
    {
        ReActProfile profile = new() { Steps = 4, MostSteps = 12, Beyond = 2 };
        Workload workload = Generating.Load(profile, 1, 800);
        HashSet<int> taken = [.. Play.Instantly(workload, new PlayerOptions { Closed = false }).Ended];
        List<int> steps = [];
        foreach (Workflow workflow in workload.Workflows)
        {
            int[] nodes = [.. Enumerable.Range(workflow.FirstNode, workflow.NodeCount)];
            int[] acts = [.. nodes.Where(tag => Stage(workload, tag) == "act")];
            int count = acts.Count(taken.Contains);
            steps.Add(count);
            Assert.Equal(count + 2, acts.Length);
            Assert.Equal(acts[..count], acts.Where(taken.Contains));
            // A step's tools are taken with it, but for the last: that is done.
            foreach (int tool in nodes.Where(tag => workload.Nodes[tag].Kind == NodeKind.Tool))
            {
                int act = workload.Dependencies(tool)[0];
                Assert.Equal(taken.Contains(act) && act != acts[count - 1], taken.Contains(tool));
                Assert.True(workload.Nodes[tool].DurationNs > 0 && workload.Nodes[tool].OutputTokens > 0, "an untaken tool has its truth, too");
            }
            Assert.Contains(nodes[^1], taken);
        }
        // The mean of min(geometric, 12) with mean 4 is 4 (1 − (3/4)¹²) = 3.873, its standard deviation below that of the geometric, √12.
        Assert.InRange(steps.Average(), 3.873 - (3.29 * 3.47 / Math.Sqrt(800)), 3.873 + (3.29 * 3.47 / Math.Sqrt(800)));
        Assert.Equal(12, steps.Max());
    }

    [Fact]
    public void Research_fans_out_joins_and_goes_round_until_it_is_enough()
    {
        ResearchProfile profile = new() { More = 0.5, Empty = 0.2 };
        Workload workload = Generating.Load(profile, 1, 500);
        Play play = Play.Instantly(workload, new PlayerOptions { Closed = false });
        HashSet<int> taken = [.. play.Ended];
        int[] rounds = new int[4];
        int empty = 0;
        int searches = 0;
        foreach (Workflow workflow in workload.Workflows)
        {
            int[] nodes = [.. Enumerable.Range(workflow.FirstNode, workflow.NodeCount)];
            rounds[nodes.Count(tag => Stage(workload, tag) == "judge" && taken.Contains(tag))]++;
            Assert.Equal(3, nodes.Count(tag => Stage(workload, tag) == "judge"));
            Assert.Contains(nodes[^1], taken);
            foreach (int read in nodes.Where(tag => Stage(workload, tag) == "read"))
            {
                int search = workload.Dependencies(read)[0];
                bool found = workload.Outcomes[workload.Nodes[search].Outcome] == "ok";
                Assert.Equal(taken.Contains(search) && found, taken.Contains(read));
                empty += found ? 0 : 1;
                searches++;
            }
        }
        // 1, 2 and 3 rounds with 1/2, 1/4 and 1/4.
        Within(0.5, rounds[1], 500);
        Within(0.25, rounds[2], 500);
        Within(0.25, rounds[3], 500);
        Within(0.2, empty, searches);
        // The report's prompt has the notes of what was read and no others.
        Workflow first = workload.Workflows.First(workflow => Enumerable.Range(workflow.FirstNode, workflow.NodeCount).Count(tag => Stage(workload, tag) == "judge" && taken.Contains(tag)) == 1);
        int report = first.FirstNode + first.NodeCount - 1;
        int notes = Enumerable.Range(first.FirstNode, first.NodeCount).Where(tag => Stage(workload, tag) == "read" && taken.Contains(tag)).Sum(tag => workload.Nodes[tag].OutputTokens);
        int question = workload.Nodes[first.FirstNode].PromptTokens - profile.Instructions;
        Assert.Equal(profile.Instructions + question + notes, play.PromptTokens[report]);
    }

    [Fact]
    public void A_chat_goes_from_turn_to_turn_over_a_person()
    {
        Workload workload = Generating.Load(new ChatProfile { Turns = 5, Message = Spread.Of(30), Reply = Spread.Of(100) }, 1, 400);
        foreach (Workflow workflow in workload.Workflows)
        {
            for (int n = 0; n < workflow.NodeCount; n++)
            {
                Node node = workload.Nodes[workflow.FirstNode + n];
                Assert.Equal(n % 2 == 0 ? NodeKind.Llm : NodeKind.Human, node.Kind);
                Assert.Equal(n == 0 ? 0 : 1, workload.Dependencies(workflow.FirstNode + n).Length);
                if (n % 2 == 0)
                {
                    Assert.Equal(350 + 30 + (n / 2 * 130), node.PromptTokens);
                }
            }
        }
        Assert.InRange(workload.Workflows.Average(workflow => (workflow.NodeCount + 1) / 2.0), 5 - (3.29 * 4.48 / 20), 5 + (3.29 * 4.48 / 20));
    }

    [Fact]
    public void Sql_comes_out_as_often_as_asked_and_is_fixed_as_often_as_allowed()
    {
        Nl2SqlProfile profile = new() { Retries = 2, FirstTry = new(0.2, 0.5, 0.3), LaterTry = new(0.5, 0.1, 0.4) };
        Workload workload = Generating.Load(profile, 1, 2000);
        HashSet<int> taken = [.. Play.Instantly(workload, new PlayerOptions { Closed = false }).Ended];
        int[,] outcomes = new int[2, 3];
        foreach (Workflow workflow in workload.Workflows)
        {
            int[] tries = [.. Enumerable.Range(workflow.FirstNode, workflow.NodeCount).Where(tag => Stage(workload, tag) == "sql.execute")];
            Assert.Equal(3, tries.Length);
            for (int i = 0; i < tries.Length; i++)
            {
                string outcome = workload.Outcomes[workload.Nodes[tries[i]].Outcome];
                outcomes[Math.Min(i, 1), Array.IndexOf(["ok", "error", "empty"], outcome)]++;
                bool failedBefore = tries[..i].All(tag => workload.Outcomes[workload.Nodes[tag].Outcome] != "ok");
                Assert.Equal(failedBefore, taken.Contains(tries[i]));
            }
        }
        Within(0.2, outcomes[0, 0], 2000);
        Within(0.5, outcomes[0, 1], 2000);
        Within(0.5, outcomes[1, 0], 4000);
        Within(0.4, outcomes[1, 2], 4000);
    }

    [Fact]
    public void Lengths_and_times_are_log_normal_within_their_bounds()
    {
        ChatProfile profile = new() { Turns = 1, MostTurns = 1, Reply = new(200, 0.5, 60, 900), Message = new(40, 1.2, 10, 100) };
        Workload workload = Generating.Load(profile, 1, 4000);
        int[] replies = [.. workload.Nodes.Select(node => node.OutputTokens)];
        int[] messages = [.. workload.Nodes.Select(node => node.PromptTokens - 350)];
        // Half below the median, 84.13 % below median × e^σ.
        Within(0.5, replies.Count(tokens => tokens <= 200), 4000);
        Within(0.8413, replies.Count(tokens => tokens <= 329), 4000);
        Assert.InRange(replies.Min(), 60, 80);
        Assert.InRange(replies.Max(), 600, 900);
        Assert.All(messages, tokens => Assert.InRange(tokens, 10, 100));
        Assert.True(messages.Count(tokens => tokens == 100) > 400, "what lies above the bound counts as the bound");
    }

    private static string Stage(Workload workload, int tag) => workload.Stages[workload.Nodes[tag].Stage.Value];

    /// <summary>What <c>cortex trace generate</c> writes.</summary>
    private static string[] Lines(string program, ulong seed, int workflows)
    {
        using MemoryStream output = new();
        WorkloadGenerator.Write(program, seed, workflows, output);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Within the 99.9 % bound of a binomial count.</summary>
    private static void Within(double share, int count, int of)
    {
        double half = (3.29 * Math.Sqrt(share * (1 - share) / of)) + (1.0 / of);
        Assert.InRange((double)count / of, share - half, share + half);
    }
}
