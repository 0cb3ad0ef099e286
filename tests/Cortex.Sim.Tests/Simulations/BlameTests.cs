using System.Text;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>Where the time of calls and workflows went.</summary>
public sealed class BlameTests
{
    [Fact]
    public void The_parts_of_every_workflow_add_up_to_its_time()
    {
        long[] parts = new long[WorkflowBlame.Parts.Length];
        for (ulong seed = 0; seed < 60; seed++)
        {
            SimulatedRun run = SimulatedRun.Play(SimulationCase.Random(seed));
            Assert.NotEmpty(run.Workflows);
            foreach ((int workflow, (Instant arrived, Instant end)) in run.Workflows)
            {
                WorkflowBlame blame = run.Blame[workflow]!.Value;
                Assert.True(blame.Total == end - arrived, $"seed {seed}, workflow {workflow}: {blame} of {end - arrived}");
                Assert.All(blame.ToArray(), part => Assert.True(part.Ns >= 0, $"seed {seed}, workflow {workflow}: {blame}"));
                for (int i = 0; i < parts.Length; i++)
                {
                    parts[i] += blame.ToArray()[i].Ns;
                }
            }
        }
        // Worth checking only if there is some of each; clients think in the cases below.
        Assert.All(parts[..^1], part => Assert.True(part > 0));
    }

    [Fact]
    public void In_a_chain_every_call_is_on_the_critical_path()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            SimulationCase @case = SimulationCase.Random(seed);
            SimulatedRun run = SimulatedRun.Play(@case);
            ILookup<int, CallPhases> calls = run.Records.ToLookup(call => call.WorkflowTag, call => CallPhases.Of(call));
            foreach (int workflow in run.Workflows.Keys)
            {
                WorkflowBlame blame = run.Blame[workflow]!.Value;
                Assert.Equal(
                    (calls[workflow].Sum(call => call.Queue.Ns), calls[workflow].Sum(call => call.Prefill.Ns),
                        calls[workflow].Sum(call => call.Decode.Ns), calls[workflow].Sum(call => call.Preemption.Ns)),
                    (blame.Queue.Ns, blame.Prefill.Ns, blame.Decode.Ns, blame.Preemption.Ns));
                Assert.Equal(0, blame.Think.Ns);
            }
        }
    }

    [Fact]
    public void A_call_loses_the_time_from_a_preemption_until_its_memory_stands_again()
    {
        long preempted = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            LossByHand byHand = new();
            SimulatedRun run = SimulatedRun.Play(SimulationCase.Random(seed), repeatSteps: false, byHand, byHand);
            foreach (CallRecord call in run.Records)
            {
                Assert.True(byHand.Lost(call.Tag) == call.Lost.Ns, $"seed {seed}, call {call.Tag}: lost {call.Lost}, by hand {byHand.Lost(call.Tag)}");
                Assert.InRange(call.LostInPrefill.Ns, 0, call.Lost.Ns);
                preempted += call.Lost.Ns > 0 ? 1 : 0;
            }
        }
        Assert.True(preempted > 100, $"only {preempted} calls lost time");
    }

    [Fact]
    public void Of_parallel_branches_the_last_to_end_is_to_blame_and_delays_are_the_clients()
    {
        // Two branches: a call and a tool of 1 s; the join waits 50 ms more, then a person thinks for 2 s before the last call.
        SimulatedRun run = Play(
            """
            {"format":"agentflow","version":1,"replay":"open"}
            {"id":"w","arrival":1000000,"nodes":[
             {"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,8]],"out":10},
             {"n":1,"kind":"tool","name":"slow","deps":[],"dur":1000000,"result":4},
             {"n":2,"kind":"llm","deps":[0,1],"delay":50000,"prompt":[["u:0",0,8],["r:1",0,4]],"out":10},
             {"n":3,"kind":"human","deps":[2],"dur":2000000,"tokens":4},
             {"n":4,"kind":"llm","deps":[3],"prompt":[["u:1",0,8]],"out":1}]}
            """);
        WorkflowBlame blame = run.Blame[0]!.Value;
        // A prefill takes 10 ms, a decode 5 ms.
        Assert.Equal(new WorkflowBlame(Ms(0), Ms(20), Ms(45), Ms(0), Ms(1000), Ms(2050)), blame);
        Assert.Equal(Ms(3115), blame.Total);
    }

    [Fact]
    public void Skipped_nodes_take_no_time_and_a_workflow_may_end_with_a_person()
    {
        SimulatedRun run = Play(
            """
            {"format":"agentflow","version":1,"replay":"open"}
            {"id":"w","arrival":0,"nodes":[
             {"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,8]],"out":1},
             {"n":1,"kind":"tool","name":"run","deps":[0],"dur":7000,"result":4,"outcome":"ok"},
             {"n":2,"kind":"llm","deps":[1],"when":[{"node":1,"is":["error"]}],"prompt":[["u:1",0,8]],"out":100},
             {"n":3,"kind":"human","deps":[2],"delay":1000,"dur":2000,"tokens":4}]}
            """);
        Assert.Equal(new WorkflowBlame(Ms(0), Ms(10), Ms(0), Ms(0), Ms(7), Ms(3)), run.Blame[0]);
    }

    [Fact]
    public void A_node_released_by_anothers_start_does_not_wait_for_its_end()
    {
        // The second tool starts 3 ms after the first, and outlasts it.
        SimulatedRun run = Play(
            """
            {"format":"agentflow","version":1,"replay":"open"}
            {"id":"w","arrival":0,"nodes":[
             {"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,8]],"out":1},
             {"n":1,"kind":"tool","name":"first","deps":[0],"dur":40000,"result":4},
             {"n":2,"kind":"tool","name":"second","deps":[],"after_start":[{"node":1,"delay":3000}],"dur":70000,"result":4}]}
            """);
        Assert.Equal(new WorkflowBlame(Ms(0), Ms(10), Ms(0), Ms(0), Ms(70), Ms(3)), run.Blame[0]);
    }

    [Fact]
    public void The_mean_of_the_parts_adds_up_to_the_mean_time()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            RunSummary run = SimulatedRun.Play(SimulationCase.Random(seed)).Metrics;
            Assert.Equal(run.Workflow.Mean!.Value, run.Blame!.Seconds.Sum(), run.Workflow.Mean.Value * 1e-12);
        }
    }

    private static Duration Ms(long milliseconds) => new(milliseconds * 1_000_000);

    private static SimulatedRun Play(string trace) => SimulatedRun.Play(SimulationCase.Random(1, asynchronous: false) with
    {
        Workload = TraceFile.Load(Encoding.UTF8.GetBytes(trace.Replace(",\n ", ",", StringComparison.Ordinal).Replace("[\n ", "[", StringComparison.Ordinal)), "trace.jsonl"),
        Cost = new ConstantCost(0.010, 0.005, 0.015),
        Player = new() { Closed = false },
        PlanningTime = Duration.Zero,
    });
}
