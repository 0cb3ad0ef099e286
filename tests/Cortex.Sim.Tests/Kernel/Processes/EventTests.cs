using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>Events by hand: outcomes taken over, callbacks taken back, failures taken care of, and runs that end with an event.</summary>
public sealed class EventTests
{
    private readonly SimEnvironment env = new();
    private readonly List<string> seen = [];

    [Fact]
    public void An_event_takes_over_the_value_of_an_event_or_of_a_process()
    {
        Event<string> original = env.Event<string>(), echo = env.Event<string>(), end = env.Event<string>();
        original.AddCallback(echo.Trigger);
        env.Process(Answers("done")).AddCallback(end.Trigger);
        original.Succeed("hello");
        env.Run();
        Assert.Equal(("hello", "done"), (echo.Result, end.Result));
        Assert.Throws<InvalidOperationException>(() => echo.Trigger(original));
        Assert.Throws<InvalidOperationException>(() => env.Event().Trigger(env.Event()));
    }

    [Fact]
    public void An_event_takes_over_a_failure()
    {
        Event<int> original = env.Event<int>(), echo = env.Event<int>();
        original.AddCallback(echo.Trigger);
        original.Defused = true;
        original.Fail(new InvalidOperationException("no"));
        Assert.Equal("no", Assert.Throws<SimulationFailedException>(() => env.Run()).InnerException!.Message);
        Assert.Same(original.Failure, echo.Failure);
    }

    [Fact]
    public void A_failure_that_a_callback_takes_care_of_stops_nothing()
    {
        Event alarm = env.Event();
        alarm.AddCallback(failed => failed.Defused = true);
        alarm.AddCallback(failed => seen.Add(failed.Failure!.Message));
        alarm.Fail(new InvalidOperationException("smoke"));
        env.Run();
        Assert.Equal(["smoke"], seen);
        Assert.False(alarm.IsOk);
    }

    [Fact]
    public void A_callback_that_was_taken_back_is_not_called()
    {
        Event bell = env.Event();
        Action<Event> first = _ => seen.Add("first"), third = _ => seen.Add("third");
        bell.AddCallback(first);
        bell.AddCallback(_ => seen.Add("second"));
        bell.AddCallback(third);
        Assert.True(bell.RemoveCallback(third));
        Assert.True(bell.RemoveCallback(first));
        Assert.False(bell.RemoveCallback(first));
        bell.AddCallback(first);
        bell.Succeed();
        env.Run();
        Assert.Equal(["second", "first"], seen); // Subscribed anew, it stands last.
        Assert.Throws<InvalidOperationException>(() => bell.AddCallback(first));
    }

    [Fact]
    public void A_timeout_in_seconds_carries_a_value()
    {
        Assert.Equal("tea", env.Run(until: env.Timeout(1.5, "tea")));
        Assert.Equal("cake", env.Run(until: env.Timeout(TimeSpan.FromSeconds(0.5), "cake")));
        Assert.Equal(2, env.Now.Seconds);
    }

    [Fact]
    public void Who_listened_behind_the_end_of_a_run_is_told_when_it_goes_on()
    {
        Event bell = env.Event();
        bell.AddCallback(_ => seen.Add("before the run"));
        env.Process(Rings());
        Process impatient = env.Process(Listens("impatient"));
        env.Process(Listens("patient"));
        env.Run(until: bell);
        Assert.Equal(["before the run"], seen); // As in SimPy: the others stand behind the run's own listener.
        impatient.Interrupt();
        Assert.Equal(bell.Environment.Now, env.Peek());
        env.Run();
        Assert.Equal(["before the run", "impatient", "patient", "rang"], seen); // SimPy would have lost them.

        async Process Rings()
        {
            await env.Delay(new Duration(5));
            bell.Succeed();
            await env.Delay(new Duration(5));
            seen.Add("rang");
        }

        async Process Listens(string name)
        {
            await bell;
            seen.Add(name);
        }
    }

    [Fact]
    public void A_run_that_failed_leaves_no_end_behind_for_the_next()
    {
        Event bell = env.Event();
        env.Process(Breaks());
        env.Process(Rings());
        Assert.Throws<SimulationFailedException>(() => env.Run(until: bell));
        Assert.Equal((RunEnd.Exhausted, new Instant(9)), (env.Run().Reason, env.Now));

        async Process Breaks()
        {
            await env.Delay(new Duration(2));
            throw new InvalidOperationException("broken");
        }

        async Process Rings()
        {
            await env.Delay(new Duration(5));
            bell.Succeed();
            await env.Delay(new Duration(4));
        }
    }

    private async Process<string> Answers(string word)
    {
        await env.Delay(new Duration(3));
        return word;
    }
}
