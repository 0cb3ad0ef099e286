using System.Globalization;
using Cortex.Policies.Registry;

namespace Cortex.Policies.Pooling;

/// <param name="Shares">Such as <c>sql.generate=1 sql.fix=3</c>.</param>
public sealed record StageIsolatedOptions(
    [Option("workers of each stage as 'stage=workers stage=workers …', stages that are not named share the rest evenly; or 'even'")] string Shares = StageIsolatedOptions.Even)
{
    public const string Even = "even";
}

/// <summary>
/// A pool for each stage that calls a model, its workers neighbours by index: as many as <c>shares</c> says, else evenly, the earlier
/// stages getting what is left over.
/// <para>Source: stage isolation in Cortex (arXiv 2510.14126).</para>
/// <para>Serves: KV footprint and hit rate, since each worker keeps one stage's context only; steadier batches.</para>
/// <para>Loses: where the load moves between stages, since a pool idles while another queues; and with few workers.</para>
/// </summary>
[Policy("stage-isolated", "A pool of its own for each stage.", "Cortex (arXiv 2510.14126)")]
public sealed class StageIsolated(StageIsolatedOptions options) : IPoolingPolicy
{
    private const int MostWorkers = ushort.MaxValue + 1;

    public PoolAssignment Assign(scoped in ClusterView cluster)
    {
        int[] workers = Workers(cluster);
        var poolOfStage = new PoolId[workers.Length];
        var poolOfWorker = new PoolId[cluster.Workers.Length];
        int next = 0;
        for (int stage = 0; stage < workers.Length; stage++)
        {
            poolOfStage[stage] = new PoolId(checked((byte)stage));
            poolOfWorker.AsSpan(next, workers[stage]).Fill(poolOfStage[stage]);
            next += workers[stage];
        }
        return new PoolAssignment(poolOfStage, poolOfWorker);
    }

    /// <summary>Workers of each stage; in all as many as there are.</summary>
    private int[] Workers(scoped in ClusterView cluster)
    {
        int stages = cluster.Stages.Length;
        if (stages > byte.MaxValue + 1)
        {
            throw Bad($"{stages} stages need as many pools; allowed: up to {byte.MaxValue + 1}");
        }
        int[] workers = new int[stages];
        int named = options.Shares == StageIsolatedOptions.Even ? 0 : ReadShares(cluster.Stages, workers);
        int rest = cluster.Workers.Length - workers.Sum();
        if (rest < stages - named)
        {
            throw Bad(named == 0
                ? $"{stages} stages ({string.Join(", ", cluster.Stages.ToArray())}) need a worker each, but the cluster has {cluster.Workers.Length}"
                : $"shares gives {workers.Sum()} of {cluster.Workers.Length} workers away, but {stages - named} other stages need one each");
        }
        if (stages > 0 && named == stages && rest > 0)
        {
            throw Bad($"shares gives {workers.Sum()} of {cluster.Workers.Length} workers to all stages; every worker needs a stage");
        }
        for (int stage = 0, others = stages - named; stage < stages; stage++)
        {
            if (workers[stage] == 0)
            {
                workers[stage] = (rest + others - 1) / others;
                rest -= workers[stage];
                others--;
            }
        }
        return workers;
    }

    /// <returns>Stages named.</returns>
    private int ReadShares(ReadOnlySpan<string> stages, int[] workers)
    {
        string[] shares = options.Shares.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string share in shares)
        {
            int equals = share.LastIndexOf('=');
            if (equals < 0 || !int.TryParse(share.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || count is < 1 or > MostWorkers)
            {
                throw Bad($"shares holds '{share}'; allowed: 'stage=workers' with 1 to {MostWorkers} workers, separated by blanks, or '{StageIsolatedOptions.Even}'");
            }
            int stage = stages.IndexOf(share[..equals]);
            if (stage < 0)
            {
                throw Bad("shares: " + NearestName.Unknown("stage", share[..equals], stages.ToArray()));
            }
            if (workers[stage] != 0)
            {
                throw Bad($"shares names the stage '{share[..equals]}' twice");
            }
            workers[stage] = count;
        }
        return shares.Length;
    }

    private static PolicyException Bad(string what) => new("pooling stage-isolated: " + what);
}
