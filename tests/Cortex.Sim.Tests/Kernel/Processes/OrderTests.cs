using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>What happens at one instant has one order: urgent first, then by phase, then in order of scheduling.</summary>
[Trait("check", "2")]
public sealed class OrderTests
{
    private readonly SimEnvironment env = new();
    private readonly List<string> seen = [];

    [Fact]
    public void Phases_order_an_instant_whatever_was_planned_first()
    {
        foreach (Phase phase in Enum.GetValues<Phase>().Reverse())
        {
            env.Process(Wakes(phase));
        }
        env.Run();
        Assert.Equal(Enum.GetNames<Phase>(), seen);

        async Process Wakes(Phase phase)
        {
            await env.Delay(new Duration(5), phase);
            seen.Add(phase.ToString());
        }
    }

    [Fact]
    public void A_zero_delay_into_a_phase_stays_within_the_instant()
    {
        env.Process(Waits("late", Phase.Process));
        env.Process(Waits("early", Phase.StepEnd));
        env.Process(Waits("plain", Phase.Tool));
        env.Run();
        Assert.Equal(["early", "plain", "plain again", "late"], seen);

        async Process Waits(string name, Phase phase)
        {
            await env.Delay(Duration.Zero, phase);
            seen.Add(name);
            if (phase == Phase.Tool)
            {
                await env.Delay(Duration.Zero, phase);
                seen.Add(name + " again");
            }
        }
    }

    [Fact]
    public void What_was_planned_earlier_for_an_instant_comes_before_its_zero_delays()
    {
        env.Process(First());
        env.Process(Second());
        env.Run();
        Assert.Equal(["first", "second", "first, after zero"], seen);

        async Process First()
        {
            await env.Delay(new Duration(9));
            seen.Add("first");
            await env.Delay(Duration.Zero);
            seen.Add("first, after zero");
        }

        async Process Second()
        {
            await env.Delay(new Duration(9));
            seen.Add("second");
        }
    }

    [Fact]
    public void Equal_runs_have_equal_fingerprints_and_others_have_not()
    {
        Assert.Equal(Fingerprint(1), Fingerprint(1));
        Assert.NotEqual(Fingerprint(1), Fingerprint(2));

        static ulong Fingerprint(ulong seed)
        {
            SimEnvironment env = new(seed);
            env.Process(Walks());
            env.Run();
            return env.Fingerprint;

            async Process Walks()
            {
                for (int i = 0; i < 100; i++)
                {
                    await env.Delay(env.Random("steps").Uniform(0, 1));
                }
            }
        }
    }

    [Fact]
    public void Steps_and_peeks_see_one_event_at_a_time()
    {
        env.Process(Naps());
        Assert.Equal(Instant.Zero, env.Peek());
        Assert.True(env.Step());
        Assert.Equal(new Instant(4), env.Peek());
        Assert.Equal(Instant.Zero, env.Now);
        Assert.True(env.Step());
        Assert.Equal(new Instant(4), env.Now);
        while (env.Step())
        {
        }
        Assert.Null(env.Peek());
        Assert.Equal(["awake"], seen);

        async Process Naps()
        {
            await env.Delay(new Duration(4));
            seen.Add("awake");
        }
    }
}
