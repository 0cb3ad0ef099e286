using System.Globalization;
using Cortex.Experiments.Simulating;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Sim;
using Cortex.Workloads;

namespace Cortex.Experiments.Explaining;

/// <summary>A run of a cell, looked at closely.</summary>
/// <param name="Cell">What was run.</param>
/// <param name="Play">What it was put together from.</param>
/// <param name="Trail">What it did.</param>
/// <param name="Scenes">What the routing policy saw, for the calls that were watched, by node.</param>
/// <param name="Fingerprint">Of its decisions.</param>
internal sealed record ExplainedRun(
    StoredCell Cell, CellPlay Play, RunTrail Trail, IReadOnlyDictionary<int, RoutingScene> Scenes, string Fingerprint)
{
    /// <summary>Runs a cell.</summary>
    /// <param name="cell">What to run.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="registry">Where the policies come from.</param>
    /// <param name="watched">For which nodes what the routing policy sees is kept; null: for none.</param>
    /// <param name="force">A decision that is forced on it; null: none.</param>
    /// <param name="cancellation">Gives the run up.</param>
    public static ExplainedRun Of(
        StoredCell cell, Workload trace, PolicyRegistry registry, Func<int, bool>? watched, ForcedDecision? force, CancellationToken cancellation)
    {
        // Step by step, so that every decision stands at its own time, and looking closely alters no order.
        CellPlay play = CellPlay.Of(cell.Cell, trace, registry, repeatSteps: false);
        var trail = new RunTrail(play.Causes);
        var routing = new WatchedRouting(play.Policies.Routing, trail.NodeOf, watched, force?.Routing);
        var simulation = new Simulation(
            play.Settings, play.Policies with { Routing = routing }, play.Player, play.Cluster.Costs, trail, tap: trail);
        if (force?.Places is { } places)
        {
            trail.BeforeSettling = at =>
            {
                if (at == places.At)
                {
                    simulation.Core.TrySwapPlaces(places.First, places.Second);
                }
            };
        }
        simulation.Run(cancellation);
        return new(cell, play, trail, routing.Scenes, simulation.Core.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
    }

    public Workload Workload => (Workload)Play.Trace;

    /// <summary>The name of a worker.</summary>
    public string NameOf(WorkerId worker) => Play.Cluster.Names[worker.Value];

    /// <summary>Name of the policy on an axis.</summary>
    public string PolicyOf(string axis) => Cell.Cell.Policies.Resolved.Single(policy => policy.Axis == axis).Name;
}
