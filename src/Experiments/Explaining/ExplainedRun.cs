using System.Globalization;
using Cortex.Experiments.Simulating;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Sim;
using Cortex.Workloads;

namespace Cortex.Experiments.Explaining;

/// <summary>A run, looked at closely.</summary>
internal sealed record ExplainedRun
{
    /// <summary>What is said of it before it is explained.</summary>
    public required string Title { get; init; }

    /// <summary>What workflows and nodes are called.</summary>
    public required IRunNames Names { get; init; }

    /// <summary>Names of the workers.</summary>
    public required IReadOnlyList<string> Workers { get; init; }

    /// <summary>Name of the policy on each axis.</summary>
    public required IReadOnlyList<(string Axis, string Name)> Policies { get; init; }

    /// <summary>What it did.</summary>
    public required RunTrail Trail { get; init; }

    /// <summary>What the routing policy saw, for the calls that were watched, by node.</summary>
    public required IReadOnlyDictionary<int, RoutingScene> Scenes { get; init; }

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
            play.Settings, play.Policies with { Routing = routing }, play.Player, play.Cluster.Costs, trail,
            new() { PlanningTime = play.Cell.Costs.PlanningTime }, trail);
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
        return new()
        {
            Title = Rerun.Title(cell, simulation.Core.Fingerprint.ToString("x16", CultureInfo.InvariantCulture)),
            Names = new TraceNames(trace),
            Workers = play.Cluster.Names,
            Policies = [.. cell.Cell.Policies.Resolved.Select(policy => (policy.Axis, policy.Name))],
            Trail = trail,
            Scenes = routing.Scenes,
        };
    }

    /// <summary>The name of a worker.</summary>
    public string NameOf(WorkerId worker) => Workers[worker.Value];

    /// <summary>Name of the policy on an axis.</summary>
    public string PolicyOf(string axis) => Policies.Single(policy => policy.Axis == axis).Name;
}
