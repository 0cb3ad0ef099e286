using System.Numerics;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Hardware;
using Xunit;

namespace Cortex.Sim.Tests.Hardware;

public sealed class StepClockTests
{
    /// <summary>One unit of the clock, in seconds: multiples of it and their ties are exact.</summary>
    private const double Unit = 1e-9 / (1 << 20);

    [Theory]
    [InlineData(StepRounding.Carry)]
    [InlineData(StepRounding.EachStep)]
    public void Many_steps_at_once_end_as_one_by_one_and_as_the_exact_sum(StepRounding rounding)
    {
        RandomStream random = new(3, "steps");
        for (int trial = 0; trial < 300; trial++)
        {
            Instant start = new(random.NextInt(1_000));
            StepClock together = Started(rounding, start), single = Started(rounding, start);
            BigInteger units = 0;
            for (int run = 0; run < 40; run++)
            {
                (double seconds, long exact) = Step(random);
                int count = random.NextInt(30);
                units += (BigInteger)(rounding == StepRounding.Carry ? exact : Duration.FromSeconds(seconds).Ns << 20) * count;
                Instant end = start + new Duration((long)Rounded(units));
                Assert.Equal(end, together.TimeAfter(seconds, count));
                Assert.Equal(end, together.Advance(seconds, count));
                Assert.Equal(end, together.Now);
                for (int i = 0; i < count; i++)
                {
                    single.Advance(seconds, 1);
                }
                Assert.Equal(end, single.Now);
            }
        }
    }

    [Fact]
    public void Steps_ended_by_an_instant_are_those_whose_end_is_not_after_it()
    {
        RandomStream random = new(4, "ended");
        for (int trial = 0; trial < 5_000; trial++)
        {
            StepClock clock = Started(StepRounding.Carry, new(random.NextInt(10)));
            clock.Advance(Step(random).Seconds, random.NextInt(3));
            (double seconds, long exact) = Step(random);
            Instant at = clock.Now + new Duration(random.NextInt(40));
            int ended = clock.StepsEndedBy(seconds, at);
            if (exact == 0)
            {
                Assert.Equal(int.MaxValue, ended);
                continue;
            }
            Assert.True(clock.TimeAfter(seconds, ended) <= at);
            Assert.True(clock.TimeAfter(seconds, ended + 1) > at);
        }
    }

    [Fact]
    public void No_step_has_ended_before_the_present() =>
        Assert.Equal(0, Started(StepRounding.Carry, new(5)).StepsEndedBy(1e-9, new(4)));

    [Fact]
    public void The_remainder_is_carried_between_steps_and_dropped_when_idle()
    {
        StepClock clock = Started(StepRounding.Carry, Instant.Zero);
        Assert.Equal(3, clock.Advance(0.33e-9, 10).Ns);
        clock.Idle(clock.Now);
        Assert.Equal(3, clock.Advance(0.33e-9, 1).Ns);
        Assert.Equal(4, clock.Advance(0.33e-9, 2).Ns);
        clock.Idle(new(100));
        Assert.Equal(new Instant(100), clock.Now);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Idle(new(99)));
    }

    [Fact]
    public void Rounding_each_step_drifts_and_carrying_does_not()
    {
        Assert.Equal(333_333, Started(StepRounding.Carry, Instant.Zero).Advance(1e-9 / 3, 1_000_000).Ns);
        Assert.Equal(0, Started(StepRounding.EachStep, Instant.Zero).Advance(1e-9 / 3, 1_000_000).Ns);
    }

    [Fact]
    public void A_busy_period_may_last_until_the_end_of_time_but_not_beyond()
    {
        StepClock clock = Started(StepRounding.Carry, Instant.Zero);
        Instant end = clock.Advance(4.0, 2_000_000_000);
        Assert.Equal(8_000_000_000_000_000_000, end.Ns);
        Assert.Throws<OverflowException>(() => clock.Advance(4.0, 2_000_000_000));
        Assert.Throws<OverflowException>(() => clock.Advance(4_000, int.MaxValue));
        Assert.Equal(end, clock.Now);
        Assert.Equal(end + new Duration(2), clock.Advance(0.75e-9, 3));
    }

    [Theory]
    [InlineData(-1e-9, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(5_000, 1)]
    [InlineData(1, -1)]
    public void A_step_that_cannot_be_is_refused(double seconds, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Started(StepRounding.Carry, Instant.Zero).Advance(seconds, count));

    private static StepClock Started(StepRounding rounding, Instant at)
    {
        StepClock clock = new(rounding);
        clock.Idle(at);
        return clock;
    }

    /// <summary>A step that is a whole number of units: often of quarter nanoseconds, where ties are frequent.</summary>
    private static (double Seconds, long Units) Step(RandomStream random)
    {
        long units = random.NextInt(3) == 0 ? random.NextInt(1 << 23) : (long)random.NextInt(20) << 18;
        return (units * Unit, units);
    }

    private static BigInteger Rounded(BigInteger units)
    {
        BigInteger whole = units >> 20, rest = units & ((1 << 20) - 1);
        return whole + (rest > 1 << 19 || (rest == 1 << 19 && !whole.IsEven) ? 1 : 0);
    }
}
