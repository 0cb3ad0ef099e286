using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>What was measured to be wrong with SimSharp (the design's study of event kernels, section 2.2) is right here.</summary>
public sealed class SimSharpDefectTests
{
    private readonly SimEnvironment env = new(seed: 7);

    [Fact]
    public void A_process_that_ends_on_the_first_of_two_interrupts_has_succeeded()
    {
        bool sawSuccess = false;
        Process sleeper = env.Process(Sleeper());
        env.Process(Watcher());
        env.Process(Interrupter());
        env.Run();
        Assert.True(sleeper.IsOk);
        Assert.True(sawSuccess);

        async Process Sleeper() => await env.Delay(new Duration(100)).OrInterrupt();

        async Process Watcher()
        {
            await sleeper;
            sawSuccess = true;
        }

        async Process Interrupter()
        {
            await env.Delay(new Duration(50));
            sleeper.Interrupt("one");
            sleeper.Interrupt("two");
        }
    }

    [Fact]
    public void A_failed_event_without_a_listener_stops_the_run_with_its_context()
    {
        Event alarm = env.Event();
        env.Process(Fails());
        SimulationFailedException failure = Assert.Throws<SimulationFailedException>(() => env.Run());
        Assert.Equal("nobody home", failure.InnerException!.Message);
        Assert.Equal(new Instant(30), failure.Time);
        Assert.Equal(7UL, failure.Seed);

        async Process Fails()
        {
            await env.Delay(new Duration(30));
            alarm.Fail(new InvalidOperationException("nobody home"));
        }
    }

    [Fact]
    public void An_exception_inside_a_process_names_process_time_and_seed_and_leaves_a_clean_state()
    {
        int ticks = 0;
        env.Process(Breaks(), "press 4");
        env.Process(Ticks());
        SimulationFailedException failure = Assert.Throws<SimulationFailedException>(() => env.Run());
        Assert.Equal("press 4", failure.ProcessName);
        Assert.Contains("process 'press 4' failed at 20 ns (seed 7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("out of oil", failure.Message, StringComparison.Ordinal);
        Assert.Null(env.ActiveProcess);
        env.Run(); // Nothing is lost: the others go on.
        Assert.Equal(10, ticks);

        async Process Breaks()
        {
            await env.Delay(new Duration(20));
            throw new InvalidOperationException("out of oil");
        }

        async Process Ticks()
        {
            for (; ticks < 10; ticks++)
            {
                await env.Delay(new Duration(7));
            }
        }
    }

    [Fact]
    public void Guards_that_were_not_needed_cost_nothing()
    {
        int most = 0;
        env.Process(Model());
        RunResult result = env.Run();
        Assert.Equal(new Instant(200_000), result.Now); // Not the hundred hours of the last guard.
        Assert.InRange(most, 1, 10);

        async Process Model()
        {
            Duration guard = new(360_000_000_000_000);
            for (int i = 0; i < 100_000; i++)
            {
                Assert.True(await env.Timeout(new Duration(1)).Within(guard));
                using TimeoutEvent patience = env.Timeout(guard);
                await (env.Timeout(new Duration(1)) | patience);
                most = Math.Max(most, env.ScheduledEvents);
            }
        }
    }

    [Theory]
    [InlineData(33.3e-9, 33_300_000)]
    [InlineData(12.3456789e-6, 12_345_678_900)]
    public void A_million_short_waits_in_seconds_add_up(double seconds, long expected)
    {
        env.Process(Waits());
        Assert.Equal(expected, env.Run().Now.Ns);

        async Process Waits()
        {
            for (int i = 0; i < 1_000_000; i++)
            {
                await env.Delay(seconds);
            }
        }
    }

    [Fact]
    public void A_stranger_who_draws_numbers_changes_no_arrival()
    {
        Assert.Equal(Arrivals(stranger: false), Arrivals(stranger: true));

        static List<long> Arrivals(bool stranger)
        {
            SimEnvironment env = new(seed: 7);
            List<long> times = [];
            if (stranger)
            {
                env.Process(Stranger());
            }
            env.Process(Source());
            env.Run();
            return times;

            async Process Source()
            {
                RandomStream between = env.Random("arrivals");
                for (int i = 0; i < 20; i++)
                {
                    await env.Delay(between.Exponential(1));
                    times.Add(env.Now.Ns);
                }
            }

            async Process Stranger()
            {
                for (int i = 0; i < 5; i++)
                {
                    await env.Delay(env.Random("stranger").Exponential(1));
                }
            }
        }
    }

    [Fact]
    public void Events_are_counted_in_64_bits()
    {
        env.Process(Waits());
        RunResult result = env.Run();
        Assert.IsType<long>(env.ProcessedEvents);
        Assert.Equal(12, result.Events); // The start, ten waits, the end.

        async Process Waits()
        {
            for (int i = 0; i < 10; i++)
            {
                await env.Delay(new Duration(1));
            }
        }
    }
}
