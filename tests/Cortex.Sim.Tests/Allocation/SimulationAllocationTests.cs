using System.Text;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Sim.Tests.Allocation;

/// <summary>A whole simulation, devices, calendar, metrics and audit included, allocates for calls and not for steps.</summary>
public sealed class SimulationAllocationTests
{
    private const int Calls = 48;

    [Theory]
    [InlineData("vllm-v1", false, false)]
    [InlineData("vllm-v1", false, true)]
    [InlineData("vllm-v1", true, false)]
    [InlineData("vllm-v1", true, true)]
    [InlineData("vidur-sarathi", false, false)]
    [InlineData("vidur-sarathi", false, true)]
    public void Twice_as_many_steps_allocate_no_more(string dialect, bool async, bool repeatSteps)
    {
        Workload few = Trace(outputTokens: 400);
        Workload many = Trace(outputTokens: 800);
        Play(many, dialect, async, repeatSteps);
        (long Bytes, long Steps) shorter = Least(few, dialect, async, repeatSteps);
        (long Bytes, long Steps) longer = Least(many, dialect, async, repeatSteps);
        Assert.True(longer.Steps > shorter.Steps + 700, $"{shorter.Steps} and {longer.Steps} steps");
        Assert.Equal(shorter.Bytes, longer.Bytes);
    }

    /// <summary>Calls that arrive together, some of different lengths, so that they begin blocks and end in different steps.</summary>
    private static Workload Trace(int outputTokens)
    {
        StringBuilder csv = new("id,arrived_at,prompt_tokens,output_tokens\n");
        for (int call = 0; call < Calls; call++)
        {
            csv.Append($"{call},0,{100 + call},{outputTokens + call}\n");
        }
        return TraceFile.Load(Encoding.UTF8.GetBytes(csv.ToString()), "calls.csv");
    }

    /// <summary>Of several runs: beside the first the runtime still compiles, and what it compiles later may allocate less.</summary>
    private static (long Bytes, long Steps) Least(Workload workload, string dialect, bool async, bool repeatSteps) =>
        Enumerable.Range(0, 3).Min(_ => Play(workload, dialect, async, repeatSteps));

    private static (long Bytes, long Steps) Play(Workload workload, string dialect, bool async, bool repeatSteps)
    {
        EngineSettings engine = new()
        {
            Name = "engine",
            Dialect = dialect,
            AsyncScheduling = async,
            EnablePrefixCaching = dialect == "vllm-v1",
            NumBlocks = 4000,
            MaxNumBatchedTokens = 512,
            MaxNumSeqs = 64,
            MaxModelLen = 2000,
        };
        ServingSettings settings = new()
        {
            Engines = [engine, engine],
            Stages = workload.Stages,
            CallStages = [workload.Nodes[0].Stage],
            RepeatSteps = repeatSteps,
        };
        PolicySet policies = new PolicyRegistry().Build(new Dictionary<string, PolicyRequest>());
        RooflineCost cost = new(HardwareCatalog.Gpu("h100"), HardwareCatalog.Model("llama-3-8b"), tensorParallel: 1);
        Simulation simulation = new(settings, policies, new TracePlayer(workload, new() { Closed = false }), [cost, cost], new MetricsCollector());
        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.Run();
        return (GC.GetAllocatedBytesForCurrentThread() - before, simulation.Core.Engines.Sum(core => core.Totals.Steps));
    }
}
