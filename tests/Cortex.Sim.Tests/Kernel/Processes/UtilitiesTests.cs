using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>What SimPy keeps in <c>simpy.util</c> and <c>simpy.rt</c>, and its recipes for monitoring.</summary>
public sealed class UtilitiesTests
{
    private readonly List<string> seen = [];
    private readonly SimEnvironment env = new(seed: 1);

    [Fact]
    public void A_delayed_start_returns_a_process_that_gives_the_one_started()
    {
        env.Process(Model());
        env.Run();
        Assert.Equal(["start of Work", "2: works", "2: started", "5: done"], seen);

        async Process Model()
        {
            Process<Process> starter = env.StartDelayed(Work(), 2.0);
            seen.Add(starter.Name);
            Process work = await starter;
            See("started");
            await work;
            See("done");
        }

        async Process Work()
        {
            See("works");
            await env.Delay(3.0);
        }
    }

    [Fact]
    public void A_delayed_start_that_lies_behind_the_end_of_a_run_is_not_forgotten()
    {
        env.StartDelayed(Work(), new Duration(100));
        Assert.Equal(50, env.Run(new Instant(50)).Now.Ns);
        env.Run();
        Assert.Equal(["1E-07: works"], seen);

        async Process Work()
        {
            See("works");
            await env.Delay(Duration.Zero);
        }
    }

    [Fact]
    public void A_delayed_start_is_delayed()
    {
        Process late = Idle(env);
        Assert.Contains("later than the present", Assert.Throws<ArgumentOutOfRangeException>(() => env.StartDelayed(late, Duration.Zero)).Message, StringComparison.Ordinal);
        env.Start(late);
        env.Run();
    }

    [Fact]
    public void A_subscriber_is_interrupted_with_the_event_and_its_value()
    {
        Event<string> news = env.Event<string>();
        env.Process(Reader());
        env.Process(Ended());
        env.Process(Press());
        env.Run();
        Assert.Equal(["3: True extra"], seen);

        async Process Reader()
        {
            env.SubscribeAt(news);
            Wake wake = await env.Delay(10.0).OrInterrupt();
            var subscription = (Subscription)wake.Cause!;
            See($"{subscription.Event == news} {subscription.Value}");
        }

        async Process Ended()
        {
            env.SubscribeAt(news);
            await env.Delay(1.0);
        }

        async Process Press()
        {
            await env.Delay(3.0);
            news.Succeed("extra");
            await news;
            Assert.Throws<InvalidOperationException>(() => env.SubscribeAt(news));
        }
    }

    [Fact]
    public void Only_a_process_subscribes() =>
        Assert.Contains("none runs", Assert.Throws<InvalidOperationException>(() => env.SubscribeAt(env.Event())).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_step_can_be_traced_and_tracing_changes_nothing()
    {
        ulong untraced = Fingerprint(null, out long events);
        List<KernelStep> steps = [];
        Assert.Equal(untraced, Fingerprint(steps.Add, out long traced));
        Assert.Equal(events, traced);
        Assert.Equal(Enumerable.Range(1, (int)events).Select(i => (long)i), steps.Select(step => step.Number));
        List<string> lines = [];
        Fingerprint(step => lines.Add(step.ToString()), out _);
        Assert.Equal(
            [
                "0.000000000 s, 1: process 'sleeper' goes on",
                "0.000000000 s, 2: process 'Waker' goes on",
                "1.000000000 s, 3: TimeoutEvent",
                "1.000000000 s, 4: process 'sleeper' is interrupted",
                "1.000000000 s, 5: process 'Waker' has ended",
                "1.000000000 s, 6: process 'sleeper' has ended",
            ],
            lines);

        static ulong Fingerprint(Action<KernelStep>? trace, out long events)
        {
            SimEnvironment env = new() { Trace = trace };
            Process sleeper = env.Process(Sleeper(), "sleeper");
            env.Process(Waker());
            env.Run();
            events = env.ProcessedEvents;
            return env.Fingerprint;

            async Process Sleeper() => _ = await env.Delay(5.0).OrInterrupt();

            async Process Waker()
            {
                await env.Timeout(1.0);
                sleeper.Interrupt();
            }
        }
    }

    [Fact]
    public void Tracing_begins_with_a_run()
    {
        env.Process(Model());
        env.Run();
        Assert.Single(seen);

        async Process Model()
        {
            await env.Delay(1.0);
            seen.Add(Assert.Throws<InvalidOperationException>(() => env.Trace = _ => { }).Message);
        }
    }

    [Fact]
    public void A_run_ends_at_seconds_and_after_a_time_span()
    {
        env.Process(Clock());
        env.Run(until: 2.5);
        Assert.Equal(2, seen.Count);
        env.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(3.5, env.Now.Seconds);
        Assert.Equal(["1: tick", "2: tick", "3: tick"], seen);

        async Process Clock()
        {
            while (true)
            {
                await env.Delay(1.0);
                See("tick");
            }
        }
    }

    [Fact]
    public void The_members_of_a_condition_come_as_a_dictionary()
    {
        TimeoutEvent<string> soon = env.Timeout(new Duration(1), "soon");
        TimeoutEvent<string> late = env.Timeout(new Duration(2), "late");
        ConditionValue value = env.Run(until: env.AnyOf(soon, late));
        KeyValuePair<Event, object?> only = Assert.Single(value.ToDictionary());
        Assert.Equal((soon, "soon"), (only.Key, only.Value));
    }

    [Fact]
    public void In_real_time_no_event_comes_before_its_time()
    {
        FakeClock clock = new();
        List<double> times = [];
        env.Process(Ticks(3, () => times.Add(clock.Elapsed.Seconds)));
        RunResult result = env.RunRealtime(clock, until: new Instant(3_500_000_000), factor: 0.1);
        Assert.Equal([0.1, 0.2, 0.3], times.Select(time => Math.Round(time, 6)));
        Assert.Equal((RunEnd.TimeReached, 3.5), (result.Reason, env.Now.Seconds));
        Assert.Equal(0.35, clock.Elapsed.Seconds, 6);
    }

    [Fact]
    public void In_real_time_a_run_ends_with_an_event()
    {
        FakeClock clock = new();
        RunResult result = env.RunRealtime(clock, until: env.Process(Ticks(2, () => See("tick"))));
        Assert.Equal((RunEnd.EventProcessed, 2.0, 2.0), (result.Reason, clock.Elapsed.Seconds, env.Now.Seconds));
        Assert.Equal(["1: tick", "2: tick"], seen);
        Assert.Throws<InvalidOperationException>(() => env.RunRealtime(clock, until: env.Event()));
    }

    [Fact]
    public void A_model_that_cannot_keep_up_with_real_time_is_stopped_unless_that_does_not_matter()
    {
        FakeClock clock = new();
        env.Process(Ticks(3, () => clock.Sleep(Duration.FromSeconds(2.5))));
        Assert.Contains("too slow", Assert.Throws<TimeoutException>(() => env.RunRealtime(clock)).Message, StringComparison.Ordinal);
        SimEnvironment patient = new();
        patient.Process(Ticks(3, () => clock.Sleep(Duration.FromSeconds(2.5)), patient));
        Assert.Equal(RunEnd.Exhausted, patient.RunRealtime(clock, strict: false).Reason);
        Assert.Equal(3, patient.Now.Seconds);
    }

    private async Process Ticks(int count, Action act, SimEnvironment? where = null)
    {
        for (int i = 0; i < count; i++)
        {
            await (where ?? env).Delay(1.0);
            act();
        }
    }

    private static async Process Idle(SimEnvironment env) => await env.Delay(1.0);

    private void See(string what) => seen.Add(FormattableString.Invariant($"{env.Now.Seconds}: {what}"));

    /// <summary>Sleeps exactly as long as asked, in no time.</summary>
    private sealed class FakeClock : IWallClock
    {
        public Duration Elapsed { get; private set; }

        public void Sleep(Duration length) => Elapsed = new(Elapsed.Ns + length.Ns);
    }
}
