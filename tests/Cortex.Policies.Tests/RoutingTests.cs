using Cortex.Policies.Random;
using Cortex.Policies.Registry;

namespace Cortex.Policies.Tests;

/// <summary>What each rule says, by example.</summary>
public sealed class RoutingTests
{
    private readonly RandomStream random = new(1, "routing");

    [Fact]
    public void Least_work_looks_at_tokens_then_calls_then_index()
    {
        IRoutingPolicy policy = Make("least-work");
        Assert.Equal(1, Route(policy, [new(0, 0, 300), new(9, 9, 200), new(0, 0, 250)]));
        Assert.Equal(2, Route(policy, [new(2, 1, 200), new(1, 2, 200), new(0, 2, 200)]));
        Assert.Equal(0, Route(policy, [new(1, 1, 200), new(2, 0, 200)]));
    }

    [Fact]
    public void Round_robin_takes_turns_in_each_pool()
    {
        IRoutingPolicy policy = Make("round-robin");
        WorkerState[] left = [new(0, 0, 0), new(0, 0, 0), new(0, 0, 0)], right = [new(0, 0, 0, Pool: 1), new(0, 0, 0, Pool: 1)];
        int[] answers = [Route(policy, left), Route(policy, right), Route(policy, left), Route(policy, left), Route(policy, right), Route(policy, left), Route(policy, right)];
        Assert.Equal([0, 0, 1, 2, 1, 0, 0], answers);
    }

    [Fact]
    public void Random_reaches_every_worker_about_equally_often()
    {
        IRoutingPolicy policy = Make("random");
        int[] counts = new int[4];
        for (int i = 0; i < 40_000; i++)
        {
            counts[Route(policy, new WorkerState[4])]++;
        }
        // Standard deviation of a count: √(40,000 · ¼ · ¾) ≈ 87; five of them.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 435, 10_000 + 435));
    }

    [Fact]
    public void Power_of_two_never_takes_the_busiest_of_several()
    {
        IRoutingPolicy policy = Make("power-of-two");
        WorkerState[] workers = [new(1, 0, 100), new(1, 0, 900), new(1, 0, 300), new(1, 0, 200)];
        int[] counts = new int[4];
        for (int i = 0; i < 12_000; i++)
        {
            counts[Route(policy, workers)]++;
        }
        // Of the 6 pairs the least loaded is in 3, the next in 2 without it, the next in 1: expected 6,000, 4,000 and 2,000.
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[0], 5_700, 6_300);
        Assert.InRange(counts[3], 3_700, 4_300);
        Assert.InRange(counts[2], 1_800, 2_200);
    }

    [Fact]
    public void Session_sticky_stays_and_starts_by_least_work()
    {
        IRoutingPolicy policy = Make("session-sticky");
        WorkerState[] workers = [new(50, 9, 9000), new(0, 0, 0)];
        Assert.Equal(0, Route(policy, workers, last: 0));
        Assert.Equal(1, Route(policy, workers));
    }

    [Fact]
    public void Session_sticky_leaves_an_overloaded_worker_if_it_may()
    {
        IRoutingPolicy policy = Make("session-sticky", ("max_imbalance", "10"));
        Assert.Equal(0, Route(policy, [new(8, 4, 9000), new(2, 0, 0)], last: 0));
        Assert.Equal(1, Route(policy, [new(9, 4, 9000), new(2, 0, 0)], last: 0));
    }

    [Fact]
    public void Prefix_aware_takes_most_cached_then_least_work()
    {
        IRoutingPolicy policy = Make("prefix-aware");
        Assert.Equal(1, Route(policy, [new(0, 0, 0, 32), new(60, 0, 900, 48), new(0, 0, 0)]));
        Assert.Equal(2, Route(policy, [new(0, 0, 0, 32), new(1, 0, 900, 48), new(9, 0, 800, 48)]));
    }

    [Theory]
    [InlineData(64, 0, 0)]      // Not more than balance_abs apart.
    [InlineData(65, 0, 1)]
    [InlineData(300, 200, 0)]   // Exactly balance_rel times as many.
    [InlineData(301, 200, 1)]
    public void Prefix_aware_goes_by_least_work_beyond_both_bounds(int cachedLoad, int otherLoad, int chosen) =>
        Assert.Equal(chosen, Route(Make("prefix-aware"), [new(cachedLoad, 0, 100, 160), new(otherLoad, 0, 0)]));

    private int Route(IRoutingPolicy policy, WorkerState[] workers, int last = -1) => Ask.Route(policy, new FakeWorkers(workers, last), random);

    private static IRoutingPolicy Make(string name, params (string, string)[] options) => Registered.Make<IRoutingPolicy>(PolicyAxis.Routing, name, options);
}
