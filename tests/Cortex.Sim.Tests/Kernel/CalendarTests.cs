using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel;

public sealed class CalendarTests
{
    private readonly Calendar calendar = new();

    [Fact]
    public void Events_of_an_instant_come_by_phase_then_in_order_of_scheduling()
    {
        Schedule(20, Phase.StepEnd, 1);
        Schedule(10, Phase.Tool, 2);
        Schedule(10, Phase.LastStep, 3);
        Schedule(10, Phase.StepEnd, 4);
        Schedule(10, Phase.LastStep, 5);
        Assert.Equal([4, 3, 5, 2, 1], Drain());
        Assert.Equal(new Instant(20), calendar.Now);
    }

    [Fact]
    public void An_event_added_at_the_present_instant_still_comes_in_its_phase()
    {
        Schedule(10, Phase.LastStep, 1);
        Schedule(10, Phase.Tool, 2);
        Assert.True(calendar.TryPop(out ScheduledEvent first));
        Assert.Equal(1, first.Payload);
        Schedule(10, Phase.StepEnd, 3);
        Assert.Equal([3, 2], Drain());
    }

    [Fact]
    public void Looking_takes_nothing()
    {
        Schedule(5, Phase.Tool, 1);
        Assert.True(calendar.TryPeek(out ScheduledEvent seen));
        Assert.Equal(new ScheduledEvent(new(5), Phase.Tool, 1), seen);
        Assert.Equal(Instant.Zero, calendar.Now);
        Assert.Equal(1, calendar.Count);
        Assert.Equal([1], Drain());
        Assert.False(calendar.TryPeek(out _));
        Assert.False(calendar.TryPop(out _));
    }

    [Fact]
    public void A_cancelled_event_never_comes()
    {
        EventHandle first = Schedule(1, Phase.Tool, 1);
        Schedule(2, Phase.Tool, 2);
        EventHandle last = Schedule(3, Phase.Tool, 3);
        Assert.True(calendar.Cancel(first));
        Assert.True(calendar.Cancel(last));
        Assert.Equal(1, calendar.Count);
        Assert.Equal([2], Drain());
    }

    [Fact]
    public void A_handle_of_an_event_that_is_gone_cancels_nothing()
    {
        EventHandle taken = Schedule(1, Phase.Tool, 1);
        Drain();
        Schedule(1, Phase.Tool, 2); // In the same slot.
        Assert.False(calendar.Cancel(taken));
        Assert.False(calendar.Cancel(default));
        Assert.False(calendar.Cancel(new EventHandle(ulong.MaxValue)));
        EventHandle twice = Schedule(1, Phase.Tool, 3);
        Assert.True(calendar.Cancel(twice));
        Assert.False(calendar.Cancel(twice));
        Assert.Equal([2], Drain());
    }

    /// <summary>Guard timers that are cancelled long before they are due must not pile up.</summary>
    [Fact]
    public void Cancelled_timers_take_no_room()
    {
        GuardedWaits(2_000, 1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        GuardedWaits(200_000, 1_000_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, calendar.Count);
        Assert.False(calendar.TryPeek(out _));
    }

    [Fact]
    public void After_warm_up_an_event_allocates_nothing()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Schedule(i, Phase.Tool, i);
        }
        Hold(10_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Hold(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_000, calendar.Count);
    }

    [Fact]
    public void The_past_and_never_are_refused_and_change_nothing()
    {
        Schedule(10, Phase.Tool, 1);
        Drain();
        Assert.Contains("before the present, 10 ns", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule(9, Phase.Tool, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("never comes", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule(long.MaxValue, Phase.Tool, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => calendar.Schedule(new Instant(10) + new Duration(long.MaxValue), Phase.Tool, 2));
        Assert.Equal(0, calendar.Count);
        Schedule(long.MaxValue - 1, Phase.Tool, 3);
        Assert.Equal([3], Drain());
    }

    private void GuardedWaits(int times, long guard)
    {
        for (int i = 0; i < times; i++)
        {
            EventHandle timeout = calendar.Schedule(calendar.Now + new Duration(guard), Phase.Tool, 1);
            calendar.Schedule(calendar.Now + new Duration(1), Phase.Tool, 2);
            calendar.TryPop(out _);
            calendar.Cancel(timeout);
        }
    }

    private void Hold(int times)
    {
        for (int i = 0; i < times; i++)
        {
            calendar.TryPop(out ScheduledEvent next);
            calendar.Schedule(next.At + new Duration(1 + (next.Payload % 97)), next.Phase, next.Payload);
        }
    }

    private EventHandle Schedule(long ns, Phase phase, int payload) => calendar.Schedule(new(ns), phase, payload);

    private List<int> Drain()
    {
        List<int> payloads = [];
        while (calendar.TryPop(out ScheduledEvent next))
        {
            payloads.Add(next.Payload);
        }
        return payloads;
    }
}
