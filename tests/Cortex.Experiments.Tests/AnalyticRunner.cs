using System.Collections.Concurrent;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Serving;

namespace Cortex.Experiments.Tests;

/// <summary>
/// A queue in closed form instead of a simulator: latency 1 / (capacity − load), with the noise of the repetition's seed. Prefix-aware routing
/// has twice the capacity; shortest-first has no effect at all.
/// </summary>
internal sealed class AnalyticRunner : ICellRunner
{
    private readonly ConcurrentBag<ResolvedCell> ran = [];

    /// <summary>Cells that were computed, in any order.</summary>
    public IReadOnlyCollection<ResolvedCell> Ran => ran;

    /// <summary>Cells that throw.</summary>
    public Func<ResolvedCell, bool> Fails { get; init; } = _ => false;

    /// <summary>Called before each cell.</summary>
    public Action<ResolvedCell> Before { get; init; } = _ => { };

    public Action Preparing { get; init; } = () => { };

    public IReadOnlyList<string> Prepare(IReadOnlyList<ResolvedCell> cells, CancellationToken cancellation)
    {
        Preparing();
        return ["trace.jsonl: an output of 0 tokens counts as 1"];
    }

    public bool CountsUsers(ResolvedCell cell) => cell.Workload.Players == Players.Closed;

    public CellResult Run(ResolvedCell cell, IRowSink? rows, CancellationToken cancellation)
    {
        Before(cell);
        cancellation.ThrowIfCancellationRequested();
        if (Fails(cell))
        {
            throw new InvalidOperationException("the queue\nbroke");
        }
        ran.Add(cell);
        rows?.Add(new CallRow("w,1", "0", new Instant(5), "engine-0", Call));
        rows?.Add(new CallRow("w2", "0", new Instant(7), null, Call with { State = CallState.Refused, FirstToken = Instant.Never }));
        WorkflowBlame blame = new(new(1), new(20), new(300), default, new(4_000_000_000), default);
        rows?.Add(new WorkflowRow("w,1", "nl2sql", "", new Instant(5), new Instant(4_000_000_326), 3, 3, blame));
        rows?.Add(new WorkflowRow("w2", "", "me", new Instant(7), new Instant(8), 1, 0, new WorkflowBlame(new(1), default, default, default, default, default)));
        rows?.Add(new WorkflowRow("w3", "", "", new Instant(9), Instant.Never, 2, 1, null));
        bool isAware = cell.Policies.Resolved.Single(policy => policy.Axis == "routing").Name == "prefix-aware";
        double capacity = isAware ? 10 : 5;
        double noise = 1 + 0.1 * new RandomStream(cell.Seed, "noise").NextDouble();
        double throughput = Math.Min(cell.Workload.Load, capacity * 0.9) * noise;
        double latency = noise / Math.Max(0.1, capacity - cell.Workload.Load);
        var counts = new OrderedDictionary<string, long>
        {
            [CountNames.Workflows] = 100,
            [CountNames.Finished] = 400,
            [CountNames.Refused] = cell.Workload.Load > capacity ? 7 : 0,
            [CountNames.Samples("ttft")] = 400,
        };
        var metrics = new OrderedDictionary<string, double?>
        {
            [MetricNames.CallsPerSecond] = throughput,
            [MetricNames.Goodput] = throughput * (latency < 1 ? 1 : 0.5),
            [MetricNames.Percentile("ttft", "50")] = latency,
            [MetricNames.Percentile("ttft", "99")] = 3 * latency,
            [MetricNames.Percentile("tpot", "50")] = null,
            [MetricNames.HitRate] = isAware ? 0.75 : 0.25,
        };
        return new CellResult(counts, metrics, new(), $"{cell.Seed:x16}");
    }

    private static CallRecord Call => new()
    {
        Tag = 0,
        WorkflowTag = 0,
        ArrivalNumber = 0,
        Stage = default,
        State = CallState.Finished,
        Ready = new Instant(1_500_000_000),
        Scheduled = new Instant(1_500_000_001),
        FirstToken = new Instant(2_000_000_000),
        End = new Instant(12_345_678_901),
        PromptTokens = 100,
        OutputTokens = 20,
        HitTokens = 16,
        Preemptions = 1,
        Worker = default,
    };
}
