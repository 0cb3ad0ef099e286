using System.Globalization;
using System.Text;
using Cortex.CostModels;
using Cortex.Peers.Tests.Vidur;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving;
using Cortex.Sim;
using Cortex.Workloads;

namespace Cortex.Peers.Tests.Product;

/// <summary>The product's simulator playing a run of Vidur: one replica, the dialect <c>vidur-sarathi</c>, the closed form as step time.</summary>
public static class SimulatedVidur
{
    /// <returns>Times by request id.</returns>
    public static IReadOnlyDictionary<int, VidurTimes> Play(VidurRun run, IReadOnlyList<VidurRequest> requests)
    {
        Workload workload = TraceFile.Load(RequestList(requests), run.Name);
        ServingSettings settings = new()
        {
            Engines = [CoreVidur.Settings(run)],
            Stages = workload.Stages,
            CallStages = [workload.Nodes[0].Stage],
        };
        Times observer = new(requests);
        Simulation simulation = new(
            settings, new PolicyRegistry().Build(new Dictionary<string, PolicyRequest>()), new TracePlayer(workload, new() { Closed = false }),
            [new ClosedFormVidurCost(run.Layers)], observer);
        simulation.Run();
        return observer.ById;
    }

    private static byte[] RequestList(IReadOnlyList<VidurRequest> requests)
    {
        StringBuilder csv = new("id,arrived_at,prompt_tokens,output_tokens\n");
        foreach (VidurRequest request in requests)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{request.Id},{request.ArrivedAt:R},{request.PromptTokens},{request.OutputTokens}\n");
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private sealed class Times(IReadOnlyList<VidurRequest> requests) : IServingObserver
    {
        public Dictionary<int, VidurTimes> ById { get; } = [];

        /// <summary>A call's tag is its row.</summary>
        public void CallEnded(in CallRecord record) =>
            ById.Add(requests[record.Tag].Id, new(record.FirstToken.Seconds, record.End.Seconds, record.Preemptions));
    }
}
