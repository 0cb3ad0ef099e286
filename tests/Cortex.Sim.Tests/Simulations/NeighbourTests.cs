using System.Text;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>Step times that depend on how many of the machine's other engines decode.</summary>
public sealed class NeighbourTests
{
    [Fact]
    public void A_decode_takes_longer_while_the_other_engine_decodes_and_only_then()
    {
        const string trace = """
            {"format":"agentflow","version":1,"replay":"open"}
            {"id":"a","arrival":0,"nodes":[{"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,8]],"out":8}]}
            {"id":"b","arrival":25000,"nodes":[{"n":0,"kind":"llm","deps":[],"prompt":[["u:0",0,8]],"out":5}]}
            """;
        EngineSettings engine = new() { Name = "engine", NumBlocks = 100, MaxNumBatchedTokens = 64, MaxNumSeqs = 8, MaxModelLen = 512, AsyncScheduling = false };
        SimulatedRun run = SimulatedRun.Play(new SimulationCase
        {
            Workload = TraceFile.Load(Encoding.UTF8.GetBytes(trace), "neighbours.jsonl"),
            Engines = [engine, engine],
            Policies = new Dictionary<string, string> { ["routing"] = "round-robin" },
            Cost = new Neighbourly(),
            Player = new() { Closed = false },
        });
        // a: prefill to 10, decodes to 15, 20, 25, 30 and 35, to 40 (b begins to decode after it has begun), to 50 beside b.
        // b: prefill to 35, decodes beside a to 45 and 55, alone to 60 and 65.
        Assert.Equal([50, 65], run.Records.Select(call => call.End.Ns / 1_000_000));
    }

    [Fact]
    public void Runs_of_equal_steps_are_not_taken_in_one_go_where_they_may_not_be_equal()
    {
        for (ulong seed = 0; seed < 8; seed++)
        {
            SimulationCase @case = SimulationCase.Random(seed) with { Cost = new Neighbourly() };
            SimulatedRun inOne = SimulatedRun.Play(@case), single = SimulatedRun.Play(@case, repeatSteps: false);
            Assert.True(inOne.Records.SequenceEqual(single.Records), $"seed {seed}");
            Assert.Equal(single.Fingerprint, inOne.Fingerprint);
        }
    }

    private sealed class Neighbourly : IStepCost
    {
        public bool MindsNeighbours => true;

        public double Seconds(scoped in StepShape shape, out int alike)
        {
            alike = shape.Prefills.IsEmpty ? int.MaxValue : 1;
            return shape.Prefills.IsEmpty ? 0.005 * (1 + shape.DecodingNeighbours) : 0.010;
        }
    }
}
