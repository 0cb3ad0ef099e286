using Cortex.Policies.Registry;

namespace Cortex.Policies.Tests;

public sealed class StageIsolatedTests
{
    [Theory]
    [InlineData("even", 7, new[] { 3, 2, 2 })]
    [InlineData("even", 3, new[] { 1, 1, 1 })]
    [InlineData("plan=1 code=4 check=2", 7, new[] { 1, 4, 2 })]
    [InlineData("code=4", 7, new[] { 2, 4, 1 })]
    public void Workers_are_divided_as_asked(string shares, int workers, int[] expected)
    {
        PoolAssignment pools = Assign(shares, workers);
        Assert.Equal([0, 1, 2], pools.PoolOfStage.Select(pool => (int)pool.Value));
        Assert.Equal(expected, pools.PoolOfWorker.CountBy(pool => pool.Value).OrderBy(count => count.Key).Select(count => count.Value));
        Assert.Equal(pools.PoolOfWorker.OrderBy(pool => pool.Value), pools.PoolOfWorker);
    }

    [Theory]
    [InlineData("even", 2, "3 stages (plan, code, check) need a worker each, but the cluster has 2")]
    [InlineData("code=3", 4, "shares gives 3 of 4 workers away, but 2 other stages need one each")]
    [InlineData("plan=1 code=1 check=1", 4, "shares gives 3 of 4 workers to all stages; every worker needs a stage")]
    [InlineData("plan=9 code=1 check=1", 4, "shares gives 11 of 4 workers away, but 0 other stages need one each")]
    [InlineData("cdoe=1", 4, "shares: unknown stage 'cdoe'; the nearest is 'code'; known: plan, code, check")]
    [InlineData("code=1 code=2", 4, "shares names the stage 'code' twice")]
    [InlineData("code", 4, "shares holds 'code'; allowed: 'stage=workers' with 1 to 65536 workers, separated by blanks, or 'even'")]
    [InlineData("code=0", 4, "shares holds 'code=0'; allowed: 'stage=workers' with 1 to 65536 workers, separated by blanks, or 'even'")]
    public void What_cannot_be_divided_is_told_in_one_line(string shares, int workers, string what) =>
        Assert.Equal("pooling stage-isolated: " + what, Assert.Throws<PolicyException>(() => Assign(shares, workers)).Message);

    private static PoolAssignment Assign(string shares, int workers) =>
        Ask.Assign(Registered.Make<IPoolingPolicy>(PolicyAxis.Pooling, "stage-isolated", ("shares", shares)), ["plan", "code", "check"], workers);
}
