using Cortex.CostModels;
using Cortex.Peers.Tests.Aisimulate;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Sim;
using Cortex.Workloads;

namespace Cortex.Peers.Tests.Product;

/// <summary>The product's simulator playing a run of AISimulate: the dialect <c>aisimulate</c>, the closed form as step time.</summary>
public static class SimulatedAisimulate
{
    /// <param name="case">The run.</param>
    /// <param name="workload">Its input as the product reads it.</param>
    /// <param name="repeatSteps">See <see cref="ServingSettings.RepeatSteps"/>.</param>
    /// <returns>What became of each request, by id.</returns>
    public static IReadOnlyList<AisimulateTimes> Play(AisimulateCase @case, Workload workload, bool repeatSteps = true)
    {
        AisimulateRun run = @case.Run;
        ServingSettings settings = new()
        {
            Engines = [.. Enumerable.Repeat(Settings(run), run.Workers)],
            Stages = workload.Stages,
            CallStages = [workload.Nodes.First(node => node.Kind == NodeKind.Llm).Stage],
            RepeatSteps = repeatSteps,
        };
        PolicySet policies = new PolicyRegistry().Build(new Dictionary<string, PolicyRequest>
        {
            ["routing"] = new("round-robin", new Dictionary<string, string>()),
        });
        if (@case.Workers is { } workers)
        {
            policies = policies with { Routing = new Imposed(workers) };
        }
        Times observer = new(Starts(workload));
        IStepCost cost = run.Timing.Type == "fixed"
            ? ClosedFormAisimulateCost.Fixed(run.Timing.PrefillMs / 1e3, run.Timing.DecodeMs / 1e3)
            : ClosedFormAisimulateCost.Polynomial((long)run.BlocksPerWorker * run.BlockSize);
        Simulation simulation = new(
            settings, policies, new TracePlayer(workload, new() { Closed = false }), [.. Enumerable.Repeat(cost, run.Workers)], observer);
        simulation.Run();
        return observer.InOrder;
    }

    public static EngineSettings Settings(AisimulateRun run) => new()
    {
        Name = run.Name,
        Dialect = "aisimulate",
        AsyncScheduling = false,
        BlockSize = run.BlockSize,
        NumBlocks = run.BlocksPerWorker,
        MaxNumSeqs = run.MaxNumSeqs,
        MaxNumBatchedTokens = run.MaxNumBatchedTokens,
        MaxModelLen = int.MaxValue,
    };

    /// <summary>Index of each call among the calls, by tag.</summary>
    private static Dictionary<int, int> Starts(Workload workload) =>
        Enumerable.Range(0, workload.NodeCount).Where(tag => workload.Nodes[tag].Kind == NodeKind.Llm).Select((tag, index) => (tag, index))
            .ToDictionary(pair => pair.tag, pair => pair.index);

    /// <summary>Sends each call, in order of arrival, where it was recorded to have gone.</summary>
    private sealed class Imposed(IReadOnlyList<int> workers) : IRoutingPolicy
    {
        public int Route(scoped in CallView call, scoped in Candidates candidates, scoped in PolicyContext context) =>
            workers[(int)call.ArrivalNumber];
    }

    private sealed class Times(Dictionary<int, int> ids) : IServingObserver
    {
        private readonly AisimulateTimes[] times = new AisimulateTimes[ids.Count];
        private long start = -1;

        public IReadOnlyList<AisimulateTimes> InOrder => times;

        public void WorkflowArrived(int tag, Instant at) => start = start < 0 ? at.Ns : start;

        /// <summary>AISimulate counts from the first arrival.</summary>
        public void CallEnded(in CallRecord record) => times[ids[record.Tag]] = new(
            record.Ready.Ns - start, record.Scheduled.Ns - start, record.FirstToken.Ns - start, record.End.Ns - start, record.HitTokens,
            record.Worker.Value, 1 + record.Preemptions);
    }
}
