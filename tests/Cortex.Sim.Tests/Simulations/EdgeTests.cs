using System.Text;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>Calls at the edges of what engines can serve, and nodes that take no time.</summary>
public sealed class EdgeTests
{
    private static readonly EngineSettings Engine = new()
    {
        Name = "engine", NumBlocks = 1_001, MaxNumBatchedTokens = 512, MaxNumSeqs = 8, MaxModelLen = 4_096, AsyncScheduling = false,
    };

    [Fact]
    public void A_call_fits_if_it_fits_with_its_declared_maximum()
    {
        SimulatedRun run = Play(
            [Engine with { MaxModelLen = 300 }],
            """{"id":"a","arrival":0,"nodes":[{"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,100]],"out":500,"max_tokens":200}]}""");
        CallRecord call = Assert.Single(run.Records);
        Assert.Equal((CallState.Finished, 200), (call.State, call.OutputTokens));
    }

    /// <summary>With memory for 256 tokens the call ends there, as it would at the model's length, and the call behind it is served.</summary>
    [Theory]
    [InlineData("vllm-v1", false)]
    [InlineData("vllm-v1", true)]
    [InlineData("vidur-sarathi", false)]
    public void A_call_of_undeclared_length_ends_where_the_memory_of_its_engine_does(string dialect, bool asynchronous)
    {
        EngineSettings small = Engine with { NumBlocks = 17, Dialect = dialect, AsyncScheduling = asynchronous };
        SimulatedRun run = Play(
            [small, Engine],
            """{"id":"a","arrival":0,"nodes":[{"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,100]],"out":500}]}""",
            """{"id":"b","arrival":1,"nodes":[{"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,100]],"out":5}]}""",
            """{"id":"c","arrival":2,"nodes":[{"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,100]],"out":500}]}""");
        Assert.All(run.Records, call => Assert.Equal(CallState.Finished, call.State));
        int most = run.Simulation.Core.Engines[0].MaxTokens;
        Assert.Equal([most - 100, 5, most - 100], run.Records.Select(call => call.OutputTokens));
    }

    [Theory]
    [InlineData("tool")]
    [InlineData("human")]
    public void What_follows_a_node_without_length_is_planned_with_all_else_of_its_instant(string kind)
    {
        SimulatedRun run = Play(
            [Engine],
            """{"id":"a","arrival":0,"nodes":[{"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,100]],"out":5}]}""",
            $$"""
            {"id":"b","arrival":0,"nodes":[{"n":0,"kind":"{{kind}}","deps":[],"dur":0},{"n":1,"kind":"llm","deps":[0],"prompt":[["u:0",0,100]],"out":5}]}
            """);
        Assert.All(run.Records, call => Assert.Equal(Instant.Zero, call.Scheduled));
    }

    private static SimulatedRun Play(EngineSettings[] engines, params string[] workflows)
    {
        string trace = string.Join('\n', ["""{"format":"agentflow","version":1,"replay":"open"}""", .. workflows]);
        return SimulatedRun.Play(new SimulationCase
        {
            Workload = TraceFile.Load(Encoding.UTF8.GetBytes(trace), "edges.jsonl"),
            Engines = engines,
            Policies = new Dictionary<string, string> { ["routing"] = "round-robin" },
            Cost = new ConstantCost(0.010, 0.005, 0.015),
            Player = new() { Closed = false },
        });
    }
}
