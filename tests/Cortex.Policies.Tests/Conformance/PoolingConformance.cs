using Cortex.Policies.Registry;

namespace Cortex.Policies.Tests.Conformance;

/// <summary>What every pooling policy keeps to, wherever it finds the cluster large enough.</summary>
public sealed class PoolingConformance
{
    public static TheoryData<string> All => Registered.Names(PolicyAxis.Pooling);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_stage_and_every_worker_gets_a_pool_and_every_pool_both(string name)
    {
        for (int stages = 1; stages <= 12; stages++)
        {
            for (int workers = stages; workers <= 40; workers++)
            {
                PoolAssignment pools = Assign(name, stages, workers);
                Assert.Equal(stages, pools.PoolOfStage.Length);
                Assert.Equal(workers, pools.PoolOfWorker.Length);
                Assert.Equal(pools.PoolOfStage.Distinct().OrderBy(pool => pool.Value), pools.PoolOfWorker.Distinct().OrderBy(pool => pool.Value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Equal_clusters_get_equal_answers(string name)
    {
        PoolAssignment first = Assign(name, 5, 12), second = Assign(name, 5, 12);
        Assert.Equal(first.PoolOfStage, second.PoolOfStage);
        Assert.Equal(first.PoolOfWorker, second.PoolOfWorker);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_cluster_without_stages_is_one_pool(string name) =>
        Assert.All(Assign(name, 0, 3).PoolOfWorker, pool => Assert.Equal(default, pool));

    private static PoolAssignment Assign(string name, int stages, int workers) =>
        Ask.Assign(Registered.Make<IPoolingPolicy>(PolicyAxis.Pooling, name), [.. Enumerable.Range(0, stages).Select(i => $"stage{i}")], workers);
}
