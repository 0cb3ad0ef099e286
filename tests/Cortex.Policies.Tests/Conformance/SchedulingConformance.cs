using Cortex.Policies.Random;
using Cortex.Policies.Registry;

namespace Cortex.Policies.Tests.Conformance;

/// <summary>What every scheduling policy keeps to.</summary>
public sealed class SchedulingConformance
{
    private const int Calls = 2000;

    public static TheoryData<string> All => Registered.Names(PolicyAxis.Scheduling);

    [Theory]
    [MemberData(nameof(All))]
    public void Equal_calls_get_equal_keys(string name)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.Equal(Keys(Make(name), seed), Keys(Make(name), seed));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Instances_do_not_know_of_each_other(string name)
    {
        ISchedulingPolicy neighbour = Make(name);
        Keys(neighbour, seed: 2);
        long[] beside = Keys(Make(name), seed: 1);
        Assert.Equal(Keys(Make(name), seed: 1), beside);
        Assert.Equal(Make(name).Victims, neighbour.Victims);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Slots_are_no_ground_for_a_decision(string name) =>
        Assert.Equal(Keys(Make(name), seed: 1), Keys(Make(name), seed: 1, slots: 1000));

    [Theory]
    [MemberData(nameof(All))]
    public void Decisions_allocate_nothing(string name)
    {
        ISchedulingPolicy policy = Make(name);
        var random = new RandomStream(1, name);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                Ask.Key(policy, Ask.Call(i, priority: i % 3, prompt: 1 + i), random);
            }
        });
    }

    private static ISchedulingPolicy Make(string name) => Registered.Make<ISchedulingPolicy>(PolicyAxis.Scheduling, name);

    private static long[] Keys(ISchedulingPolicy policy, ulong seed, int slots = 0)
    {
        RandomStream draws = new(seed, "calls"), random = new(seed, "policy");
        var keys = new long[Calls];
        for (int i = 0; i < Calls; i++)
        {
            CallView call = Ask.Call(i, draws.NextInt(5) - 2, 1 + draws.NextInt(100_000), slots + i);
            keys[i] = Ask.Key(policy, call, random);
        }
        return keys;
    }
}
