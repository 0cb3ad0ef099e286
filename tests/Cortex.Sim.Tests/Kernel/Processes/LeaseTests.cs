using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>Leases, guards, gates and interrupts of waits in line: what goes beyond SimPy.</summary>
public sealed class LeaseTests
{
    private readonly SimEnvironment env = new();
    private readonly List<string> seen = [];

    [Fact]
    public void An_interrupt_in_line_withdraws_an_acquisition()
    {
        Resource desk = new(env);
        env.Process(Holder());
        Process waiter = env.Process(Waiter());
        env.Process(Interrupter());
        env.Run();
        Assert.Equal(["8: interrupted by noise, 0 in line", "20: free 1"], seen);

        async Process Holder()
        {
            using (await desk.Acquire())
            {
                await env.Delay(new Duration(20));
            }
            await env.Delay(Duration.Zero);
            See($"free {desk.Remaining}");
        }

        async Process Waiter()
        {
            await env.Delay(new Duration(1));
            Wake<Lease> wake = await desk.Acquire().OrInterrupt();
            using Lease lease = wake.Value;
            See($"{(wake.Interrupted ? "interrupted by" : "served")} {wake.Cause}, {desk.QueueLength} in line");
        }

        async Process Interrupter()
        {
            await env.Delay(new Duration(8));
            waiter.Interrupt("noise");
        }
    }

    [Fact]
    public void An_interrupt_in_the_instant_of_the_grant_gives_the_slot_back()
    {
        Resource desk = new(env);
        Process? waiter = null;
        env.Process(Holder());
        waiter = env.Process(Waiter());
        env.Process(Next());
        env.Run();
        Assert.Equal(["5: interrupted", "5: next"], seen);
        Assert.Equal(0, desk.Count);

        async Process Holder()
        {
            using (await desk.Acquire())
            {
                await env.Delay(new Duration(5));
            }
            waiter!.Interrupt(); // It has the slot, and does not know yet.
        }

        async Process Waiter()
        {
            try
            {
                using Lease lease = await desk.Acquire();
                See("not reached");
            }
            catch (InterruptException)
            {
                See("interrupted");
            }
        }

        async Process Next()
        {
            await env.Delay(new Duration(1));
            using Lease lease = await desk.Acquire();
            See("next");
        }
    }

    [Fact]
    public void A_lease_is_given_back_once_and_its_object_is_not_touched_again()
    {
        Resource desk = new(env);
        env.Process(Model());
        env.Run();

        async Process Model()
        {
            Lease old = await desk.Acquire();
            old.Dispose();
            Lease current = await desk.Acquire();
            old.Dispose();
            Assert.Equal(1, desk.Count);
            Assert.Throws<InvalidOperationException>(() => old.UsageSince);
            current.Dispose();
            Assert.Equal(0, desk.Count);
        }
    }

    [Fact]
    public void A_lease_can_be_taken_away_and_ends_quietly()
    {
        PreemptiveResource press = new(env);
        env.Process(Job("slow", 0, 2, 9));
        env.Process(Job("urgent", 3, 1, 4));
        env.Run();
        Assert.Equal(["0: slow begins", "3: urgent begins", "3: slow loses, had it since 0", "7: urgent ends"], seen);
        Assert.Equal(0, press.Count);

        async Process Job(string name, long at, int priority, long work)
        {
            await env.Delay(new Duration(at));
            using Lease lease = await press.Acquire(priority);
            See($"{name} begins");
            Wake wake = await env.Delay(new Duration(work)).OrInterrupt();
            See(wake.Cause is Preempted taken ? $"{name} loses, had it since {taken.UsageSince.Ns}" : $"{name} ends");
        }
    }

    [Fact]
    public void A_helper_that_is_no_process_stops_the_run()
    {
        env.Process(Calls(), "caller");
        SimulationFailedException failure = Assert.Throws<SimulationFailedException>(() => env.Run());
        Assert.Equal("caller", failure.ProcessName);
        Assert.Contains("let the async method return Process", failure.Message, StringComparison.Ordinal);

        async Process Calls()
        {
            await env.Delay(new Duration(1));
            _ = Helper();
        }

        async Task Helper() => await env.Delay(new Duration(1));
    }

    [Fact]
    public void Environments_on_threads_beside_each_other_do_not_meet()
    {
        ulong[] fingerprints = new ulong[8];
        Parallel.For(0, fingerprints.Length, i =>
        {
            SimEnvironment own = new(seed: 5);
            Resource desk = new(own, 2);
            own.Start(Source(own, desk));
            own.Run();
            fingerprints[i] = own.Fingerprint;
        });
        Assert.All(fingerprints, fingerprint => Assert.Equal(fingerprints[0], fingerprint));

        static async Process Source(SimEnvironment own, Resource desk)
        {
            for (int i = 0; i < 5_000; i++)
            {
                await own.Delay(own.Random("arrivals").Exponential(1));
                own.Start(Customer(own, desk));
            }
        }

        static async Process Customer(SimEnvironment own, Resource desk)
        {
            using Lease lease = await desk.Acquire();
            await own.Delay(own.Random("services").Exponential(1.8));
        }
    }

    [Fact]
    public void A_guard_ends_a_wait_and_the_event_lives_on()
    {
        Event<string> bell = env.Event<string>();
        env.Process(Waits());
        env.Process(Rings());
        env.Run();
        Assert.Equal(["5: False", "20: ding"], seen);

        async Process Waits()
        {
            See($"{await bell.Within(new Duration(5))}");
            See(await bell);
        }

        async Process Rings()
        {
            await env.Delay(new Duration(20));
            bell.Succeed("ding");
        }
    }

    [Fact]
    public void A_gate_lets_through_while_it_is_open()
    {
        Gate gate = new(env);
        env.Process(Walker("early", 1));
        env.Process(Walker("in time", 12));
        env.Process(Walker("late", 16));
        env.Process(Keeper());
        env.Run();
        Assert.Equal(["10: early", "12: in time", "30: late"], seen);

        async Process Walker(string name, long at)
        {
            await env.Delay(new Duration(at));
            await gate.WhenOpen;
            See(name);
        }

        async Process Keeper()
        {
            await env.Delay(new Duration(10));
            gate.Open();
            await env.Delay(new Duration(5));
            gate.Close();
            await env.Delay(new Duration(15));
            gate.Open();
        }
    }

    [Fact]
    public void An_interrupt_reaches_the_innermost_part()
    {
        Process outer = env.Process(Outer());
        env.Process(Interrupter());
        env.Run();
        Assert.Equal(["4: inner interrupted", "6: outer goes on"], seen);

        async Process Outer()
        {
            await Inner();
            See("outer goes on");
        }

        async Process Inner()
        {
            if ((await env.Delay(new Duration(9)).OrInterrupt()).Interrupted)
            {
                See("inner interrupted");
            }
            await env.Delay(new Duration(2));
        }

        async Process Interrupter()
        {
            await env.Delay(new Duration(4));
            outer.Interrupt();
        }
    }

    [Fact]
    public void A_hundred_thousand_parts_without_a_wait_do_not_grow_the_stack()
    {
        int sum = 0;
        env.Process(Loop());
        env.Run();
        Assert.Equal(100_000, sum);

        async Process Loop()
        {
            for (int i = 0; i < 100_000; i++)
            {
                sum += await One();
            }
        }

        async Process<int> One() => 1;
    }

    private void See(string what) => seen.Add($"{env.Now.Ns}: {what}");
}
