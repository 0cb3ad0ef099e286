using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>Pools of resources that are not alike, and what can be waited for besides a place: SimSharp's When….</summary>
public sealed class PoolTests
{
    private readonly SimEnvironment env = new();
    private readonly List<string> seen = [];

    [Fact]
    public void A_request_gets_the_first_that_fits_and_is_passed_over_while_none_does()
    {
        ResourcePool<string> staff = new(env, ["ann", "bob"]);
        env.Process(Job("one", name => name == "ann", 3), "one");
        env.Process(Job("two", name => name == "ann", 1), "two");
        env.Process(Job("three", _ => true, 1), "three");
        env.Run();
        Assert.Equal(["0: one has ann", "0: three has bob", "3: two has ann"], seen);
        Assert.Equal((2, 0, 2), (staff.Remaining, staff.InUse, staff.Capacity));

        async Process Job(string who, Func<string, bool> filter, double length)
        {
            using PoolRequest<string> request = staff.Request(filter);
            See($"{who} has {await request}");
            await env.Delay(length);
        }
    }

    [Fact]
    public void A_request_that_is_given_up_gets_nothing_and_one_given_back_twice_counts_once()
    {
        ResourcePool<int> pool = new(env, [7]);
        env.Process(Model());
        env.Run();
        Assert.Equal(1, pool.Remaining);

        async Process Model()
        {
            using PoolRequest<int> first = pool.Request();
            Assert.Equal(7, await first);
            Assert.False(pool.IsAvailable(_ => true));
            PoolRequest<int> second = pool.Request();
            _ = Assert.Single(pool.Queue);
            Assert.False(await second.Within(new Duration(5)));
            Assert.True(second.Cancel());
            Assert.Empty(pool.Queue);
            await pool.Release(first);
            await pool.Release(first);
            first.Dispose();
            Assert.Equal(1, pool.Remaining);
            Assert.Throws<ArgumentException>(() => new ResourcePool<int>(env, []));
        }
    }

    [Fact]
    public void One_can_wait_until_a_resource_is_free_idle_or_busy()
    {
        Resource desk = new(env, 2);
        env.Process(Wait("any", desk.WhenAny()));
        env.Process(Wait("full", desk.WhenFull()));
        env.Process(Wait("empty", desk.WhenEmpty()));
        env.Process(Wait("change", desk.WhenChange()));
        env.Process(Use(1, 4));
        env.Process(Use(2, 4));
        env.Process(Later());
        env.Run();
        Assert.Equal(["0: any", "0: full", "1: change", "2: empty", "5: any again", "6: idle"], seen);

        async Process Use(double from, double length)
        {
            await env.Delay(from);
            using Lease lease = await desk.Acquire();
            await env.Delay(length);
        }

        async Process Later()
        {
            await env.Delay(3.0);
            await desk.WhenAny();
            See("any again");
            await desk.WhenFull();
            See("idle");
        }
    }

    [Fact]
    public void One_can_wait_for_a_level()
    {
        Container tank = new(env, capacity: 10);
        env.Process(Wait("empty", tank.WhenEmpty()));
        env.Process(Wait("any", tank.WhenAny()));
        env.Process(Wait("half", tank.WhenAtLeast(5)));
        env.Process(Wait("full", tank.WhenFull()));
        env.Process(Filling());
        env.Run();
        Assert.Equal(["0: empty", "1: any", "2: half", "3: full", "4: at most 6"], seen);

        async Process Filling()
        {
            foreach (double amount in (double[])[3, 3, 4])
            {
                await env.Delay(1.0);
                await tank.Put(amount);
            }
            env.Start(Wait("at most 6", tank.WhenAtMost(6)));
            await env.Delay(1.0);
            await tank.Get(4);
        }
    }

    [Fact]
    public void One_can_wait_for_items()
    {
        Store<string> shelf = new(env, capacity: 2) { Utilization = new(env) };
        env.Process(Wait("empty", shelf.WhenEmpty()));
        env.Process(Wait("new", shelf.WhenNew()));
        env.Process(Wait("full", shelf.WhenFull()));
        env.Process(Filling());
        env.Run();
        Assert.Equal(["0: empty", "1: new", "2: full", "3: change"], seen);
        Assert.Equal((0 + 1 + 2 + 1) / 4.0, shelf.Utilization.Mean);

        async Process Filling()
        {
            await env.Delay(1.0);
            await shelf.Put("a");
            await env.Delay(1.0);
            await shelf.Put("b");
            env.Start(Wait("change", shelf.WhenChange()));
            await env.Delay(1.0);
            await shelf.Get();
            await env.Delay(1.0);
        }
    }

    [Fact]
    public void A_resource_tells_waits_times_in_all_and_those_who_gave_up()
    {
        Resource desk = new(env) { WaitingTime = new(env), BreakOffTime = new(env), LeadTime = new(env), Wip = new(env), Utilization = new(env) };
        env.Process(Customer(0, patience: 9));
        env.Process(Customer(1, patience: 2));
        env.Process(Customer(2, patience: 9));
        env.Run();
        Assert.Equal((2, 1.0), (desk.WaitingTime.Count, desk.WaitingTime.Mean)); // 0 and 2.
        Assert.Equal((1, 2.0), (desk.BreakOffTime.Count, desk.BreakOffTime.Mean));
        Assert.Equal((2, 5.0), (desk.LeadTime.Count, desk.LeadTime.Mean)); // 4 and 6.
        Assert.Equal((Int128)(4 + 2 + 6) * 1_000_000_000, desk.Wip.Area);
        Assert.Equal(1, desk.Utilization.Mean);

        async Process Customer(double at, double patience)
        {
            await env.Delay(at);
            using Request request = desk.Request();
            if (await request.Within(Duration.FromSeconds(patience)))
            {
                await env.Delay(4.0);
            }
        }
    }

    [Fact]
    public void Priorities_may_lie_between_whole_numbers()
    {
        PriorityResource desk = new(env);
        foreach (double priority in (double[])[0, 2, 1.5, 1])
        {
            env.Process(Customer(priority));
        }
        env.Run();
        Assert.Equal(["0: 0", "1: 1", "2: 1.5", "3: 2"], seen);

        async Process Customer(double priority)
        {
            using Lease lease = await desk.Acquire(priority);
            See(FormattableString.Invariant($"{priority}"));
            await env.Delay(1.0);
        }
    }

    private async Process Wait(string what, Event happening)
    {
        await happening;
        See(what);
    }

    private void See(string what) => seen.Add(FormattableString.Invariant($"{env.Now.Seconds}: {what}"));
}
