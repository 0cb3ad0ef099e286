using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel;

/// <summary>The timers of an environment, in and out of its rings, against a sorted set in five regimes of time.</summary>
[Trait("check", "1")]
public sealed class TimersDifferentialTests
{
    private const int Operations = 200_000;
    private const int MostWaiting = 300;

    [Theory]
    [InlineData("exponential")]
    [InlineData("heavy ties")]
    [InlineData("bimodal")]
    [InlineData("two points")]
    [InlineData("all equal")]
    public void Timers_come_in_the_order_of_a_sorted_set(string regime)
    {
        RandomStream random = new(3, regime);
        SimEnvironment env = new();
        SortedSet<(long Time, Phase Phase, int Number)> oracle = [];
        List<(TimeoutEvent Timer, (long Time, Phase Phase, int Number) Key)> timers = [];
        int came = -1;
        for (int operation = 0; operation < Operations; operation++)
        {
            int choice = random.NextInt(100);
            if (choice < 15 && timers.Count > 0)
            {
                int index = random.NextInt(timers.Count);
                Assert.Equal(oracle.Remove(timers[index].Key), timers[index].Timer.Cancel());
                timers[index] = timers[^1];
                timers.RemoveAt(timers.Count - 1);
            }
            else if (choice < 60 && oracle.Count < MostWaiting)
            {
                Duration delay = new(Delay(regime, random));
                var phase = (Phase)random.NextInt(Enum.GetValues<Phase>().Length);
                int number = operation;
                TimeoutEvent timer = env.Timeout(delay, phase);
                timer.AddCallback(_ => came = number);
                (long, Phase, int) key = ((env.Now + delay).Ns, phase, number);
                timers.Add((timer, key));
                oracle.Add(key);
            }
            else
            {
                Assert.Equal(oracle.Count > 0 ? oracle.Min.Time : null, env.Peek()?.Ns);
                Assert.Equal(oracle.Count > 0, env.Step());
                if (oracle.Count > 0)
                {
                    Assert.Equal(oracle.Min.Number, came);
                    Assert.Equal(oracle.Min.Time, env.Now.Ns);
                    oracle.Remove(oracle.Min);
                }
            }
            if (timers.Count > 2 * MostWaiting)
            {
                timers.RemoveRange(0, MostWaiting);
            }
        }
        Assert.Equal(oracle.Count, env.ScheduledEvents);
    }

    private static long Delay(string regime, RandomStream random) => regime switch
    {
        "exponential" => (long)(random.Exponential(1e6) + 0.5),
        "heavy ties" => random.NextInt(4),
        "bimodal" => random.NextInt(10) == 0 ? 1_000_000 + random.NextInt(1_000) : random.NextInt(1_000),
        "two points" => 100 * random.NextInt(2),
        _ => 0,
    };
}
