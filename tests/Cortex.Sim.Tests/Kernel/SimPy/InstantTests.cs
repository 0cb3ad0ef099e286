using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.SimPy;

/// <summary>
/// Small programs that crowd everything into one instant. Their traces were derived by hand from SimPy's rules: urgent (starts, interrupts)
/// before all else, then in order of scheduling; listeners in order of subscription, when the event is processed.
/// </summary>
public sealed class InstantTests
{
    private readonly SimEnvironment env = new();
    private readonly List<string> seen = [];

    [Fact]
    public void An_interrupted_wait_for_a_condition_goes_on_with_both_members_of_the_instant()
    {
        Process? waiter = null;
        env.Process(Interrupter());
        waiter = env.Process(Waiter());
        env.Run();
        // The interrupter's timeout was planned before both members; its interrupt is urgent. The condition is triggered by a, queued behind b.
        Assert.Equal(["10: interrupter", "10: waiter hears psst", "10: a", "10: b", "10: waiter has a b"], seen);

        async Process Interrupter()
        {
            await Sleep(10);
            See("interrupter");
            waiter!.Interrupt("psst");
        }

        async Process Waiter()
        {
            TimeoutEvent<string> a = At(10, "a"), b = At(10, "b");
            a.AddCallback(_ => See("a"));
            Condition either = a | b;
            b.AddCallback(_ => See("b"));
            Wake<ConditionValue> wake = await either.OrInterrupt();
            See($"waiter hears {wake.Cause}");
            See($"waiter has {string.Join(' ', (await either).Values)}");
        }
    }

    [Fact]
    public void A_slot_is_lost_before_its_owner_has_seen_that_it_was_granted()
    {
        PreemptiveResource press = new(env);
        env.Process(Job("low", 3));
        env.Process(Job("mid", 2));
        env.Process(Job("high", 1));
        env.Run();
        // Each timeout was planned at 0, each grant is queued at 3, behind them; the interrupts are urgent and come between.
        Assert.Equal(
            [
                "3: low asks", "3: mid asks", "3: low lost it to mid, had it since 3", "3: high asks", "3: mid lost it to high, had it since 3",
                "3: high holds", "8: high leaves",
            ],
            seen);

        async Process Job(string name, int priority)
        {
            env.ActiveProcess!.Name = name;
            await Sleep(3);
            using Request request = press.Request(priority);
            See($"{name} asks");
            if (await request.OrInterrupt() is { Cause: Preempted taken })
            {
                See($"{name} lost it to {taken.By!.Name}, had it since {taken.UsageSince.Ns}");
                return;
            }
            See($"{name} holds");
            await Sleep(5);
            See($"{name} leaves");
        }
    }

    [Fact]
    public void Starts_come_before_what_is_due_and_what_is_triggered_behind_it()
    {
        Event bell = env.Event();
        Process? parent = null;
        env.Process(Joins());
        env.Process(Listens("first"));
        parent = env.Process(Parent());
        env.Process(Listens("second"));
        env.Process(Passes());
        env.Run();
        // Both children start, one of them is back behind all that is queued; the passer-by was planned at 0; the parent's end behind the bell.
        Assert.Equal(
            ["4: parent", "4: a starts", "4: b starts", "4: passer-by", "4: first", "4: second", "4: parent has ended", "4: a after zero", "4: b after zero"],
            seen);

        async Process Parent()
        {
            await Sleep(4);
            See("parent");
            env.Start(Child("a"));
            bell.Succeed();
            env.Start(Child("b"));
        }

        async Process Child(string name)
        {
            See($"{name} starts");
            await Sleep(0);
            See($"{name} after zero");
        }

        async Process Listens(string name)
        {
            await bell;
            See(name);
        }

        async Process Passes()
        {
            await Sleep(4);
            See("passer-by");
        }

        async Process Joins()
        {
            await parent!;
            See("parent has ended");
        }
    }

    [Fact]
    public void A_put_that_was_blocked_comes_in_when_the_get_is_processed_and_not_before()
    {
        Store<string> shelf = new(env, capacity: 1);
        env.Process(Baker());
        env.Process(Buyer("early", 2));
        env.Process(Buyer("late", 2));
        env.Run();
        // At 2 early takes rye inside its get. Late finds an empty shelf: wheat is let in only when early's get is processed, and is handed
        // on when that put is processed, by when early and the baker have gone on in the order in which their events were queued.
        Assert.Equal(
            ["0: rye is in", "2: early asks, 0 left", "2: late asks, 0 left", "2: early has rye", "2: wheat is in", "2: late has wheat"], seen);

        async Process Baker()
        {
            foreach (string bread in new[] { "rye", "wheat" })
            {
                await shelf.Put(bread);
                See($"{bread} is in");
            }
        }

        async Process Buyer(string name, long at)
        {
            await Sleep(at);
            StoreGet<string> get = shelf.Get();
            See($"{name} asks, {shelf.Count} left");
            See($"{name} has {await get}");
        }
    }

    [Fact]
    public void A_failure_reaches_each_listener_in_order_and_whoever_asks_later()
    {
        Process broken = env.Process(Breaks());
        env.Process(Catches("plain", broken));
        env.Process(Catches("either", broken | At(7, "too late")));
        env.Process(Late());
        env.Run();
        // The timeouts of 7 were planned when the model was built, and by the late one at 0; the end of the process is queued behind them.
        Assert.Equal(["7: breaks", "7: late goes on", "7: either got too late", "7: plain saw broken", "7: late saw broken"], seen);

        async Process Breaks()
        {
            await Sleep(7);
            See("breaks");
            throw new InvalidOperationException("broken");
        }

        async Process Catches(string name, Event awaited)
        {
            try
            {
                await awaited;
                See($"{name} got {string.Join(' ', ((Condition)awaited).Result.Values)}");
            }
            catch (InvalidOperationException failure)
            {
                See($"{name} saw {failure.Message}");
            }
        }

        async Process Late()
        {
            await Sleep(7);
            See("late goes on");
            await Catches("late", broken);
        }
    }

    [Fact]
    public void Of_two_who_leave_and_one_who_comes_the_first_in_line_is_served_first()
    {
        Resource desk = new(env, capacity: 2);
        env.Process(Visitor("one", 0, 6));
        env.Process(Visitor("two", 0, 6));
        env.Process(Visitor("three", 1, 1));
        env.Process(Visitor("four", 2, 1));
        env.Process(Visitor("five", 6, 1));
        env.Run();
        // At 6 five was planned first and asks while both slots are taken. One and two free theirs at once, but hand them over behind all that.
        Assert.Equal(
            [
                "0: one holds", "0: two holds", "6: five asks, 2 in line", "6: one leaves, 3 in line", "6: two leaves, 3 in line", "6: three holds",
                "6: four holds", "7: three leaves, 1 in line", "7: four leaves, 1 in line", "7: five holds", "8: five leaves, 0 in line",
            ],
            seen);

        async Process Visitor(string name, long at, long stay)
        {
            await Sleep(at);
            using (Request request = desk.Request())
            {
                if (at == 6)
                {
                    See($"{name} asks, {desk.Queue.Count - 1} in line");
                }
                await request;
                See($"{name} holds");
                await Sleep(stay);
            }
            See($"{name} leaves, {desk.Queue.Count} in line");
        }
    }

    private TimeoutEvent Sleep(long nanoseconds) => env.Timeout(new Duration(nanoseconds));

    private TimeoutEvent<string> At(long nanoseconds, string word) => env.Timeout(new Duration(nanoseconds), word);

    private void See(string what) => seen.Add($"{env.Now.Ns}: {what}");
}
