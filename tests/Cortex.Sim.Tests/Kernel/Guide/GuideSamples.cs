using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Guide;

/// <summary>The samples of docs/kernel.md: what stands there stands here, between the same lines, and runs.</summary>
public sealed class GuideSamples
{
    private readonly List<string> seen = [];

    [Fact]
    public void Clerk()
    {
        SimEnvironment env = new(seed: 42);
        Resource clerk = new(env, capacity: 1) { WaitingTime = new SampleMonitor(env, "wait") };
        env.Process(Customers(env, clerk));
        RunResult result = env.Run();
        Console.WriteLine($"{result.Events} events until {result.Now.Seconds} s; {clerk.WaitingTime}");

        static async Process Customers(SimEnvironment env, Resource clerk)
        {
            RandomStream arrivals = env.Random("arrivals");
            for (int i = 0; i < 1000; i++)
            {
                await env.Delay(arrivals.Exponential(mean: 1.25));
                env.Start(Customer(env, clerk));
            }
        }

        static async Process Customer(SimEnvironment env, Resource clerk)
        {
            using Request request = clerk.Request();
            await request;
            await env.Delay(env.Random("service").Exponential(mean: 1));
        }

        Assert.Equal(1000, clerk.WaitingTime!.Count);
    }

    [Fact]
    public void Parts_and_joins()
    {
        SimEnvironment env = new();
        env.Process(Morning(env));
        env.Run();
        Assert.Equal(["2", "7"], seen);

        async Process Morning(SimEnvironment env)
        {
            int cups = await MakeCoffee(env);                     // a part of this process, as SimPy's yield from
            Process<int> toast = env.Process(MakeCoffee(env));    // a process of its own
            await env.Delay(Duration.FromSeconds(1));
            cups += await toast;                                  // waits for its end, and gives what it returned
            See($"{cups}");
            await (env.Timeout(3.0) & env.Timeout(2.0));          // all of; | is any of
            See($"{env.Now.Seconds}");
        }

        async Process<int> MakeCoffee(SimEnvironment env)
        {
            await env.Delay(2.0);
            return 1;
        }
    }

    [Fact]
    public void Events_and_failures()
    {
        SimEnvironment env = new(seed: 7);
        Event<string> letter = env.Event<string>();
        env.Process(Reader(), "reader");
        env.Process(Postman());
        try
        {
            env.Run();
        }
        catch (SimulationFailedException failure)
        {
            See(failure.Message);
        }
        Assert.Equal(2, seen.Count);
        Assert.StartsWith("process 'reader' failed at 3000000000 ns (seed 7, ", seen[1], StringComparison.Ordinal);
        Assert.EndsWith("): no glasses", seen[1], StringComparison.Ordinal);

        async Process Reader()
        {
            See(await letter);
            await env.Delay(1.0);
            throw new InvalidOperationException("no glasses");
        }

        async Process Postman()
        {
            await env.Delay(2.0);
            letter.Succeed("hello");
        }
    }

    [Fact]
    public void Interrupts()
    {
        SimEnvironment env = new();
        Process machine = env.Process(Machine(env));
        env.Process(Breakdown(env));
        env.Run();
        Assert.Equal(["worn out, 6 s left"], seen);
        Assert.Equal(12, env.Now.Seconds);

        async Process Machine(SimEnvironment env)
        {
            Duration left = Duration.FromSeconds(10);
            while (left.Ns > 0)
            {
                Instant since = env.Now;
                Wake wake = await env.Delay(left).OrInterrupt();
                left = new(left.Ns - (env.Now - since).Ns);
                if (wake.Interrupted)
                {
                    See($"{wake.Cause}, {left.Seconds} s left");
                    await env.Delay(2.0);                         // the repair
                }
            }
        }

        async Process Breakdown(SimEnvironment env)
        {
            await env.Delay(4.0);
            machine.Interrupt("worn out");
        }
    }

    [Fact]
    public void Patience()
    {
        SimEnvironment env = new();
        Resource clerk = new(env);
        env.Process(Clerk(env));
        env.Process(Impatient(env));
        env.Run();
        Assert.Equal(["gave up", "gave up again", "9"], seen);

        async Process Clerk(SimEnvironment env)
        {
            using Request request = clerk.Request();
            await request;
            await env.Delay(9.0);
            See($"{env.Now.Seconds}");
        }

        async Process Impatient(SimEnvironment env)
        {
            using (Request request = clerk.Request())
            using (TimeoutEvent patience = env.Timeout(3.0))      // taken back at the end of the block
            {
                ConditionValue first = await (request | patience);
                See(first.Contains(request) ? "served" : "gave up");
            }
            using Request again = clerk.Request();
            bool served = await again.Within(Duration.FromSeconds(2));
            See(served ? "served" : "gave up again");
        }
    }

    [Fact]
    public void Preemption()
    {
        SimEnvironment env = new();
        PreemptiveResource press = new(env);
        env.Process(Job(env, "slow", priority: 2), "slow");
        env.Process(Urgent(env), "urgent");
        env.Run();
        Assert.Equal(["slow lost the press to urgent, had it since 0 s"], seen);

        async Process Job(SimEnvironment env, string name, int priority)
        {
            using Request request = press.Request(priority);
            await request;
            if (await env.Delay(5.0).OrInterrupt() is { Cause: Preempted taken })
            {
                See($"{name} lost the press to {taken.By!.Name}, had it since {taken.UsageSince.Seconds} s");
            }
        }

        async Process Urgent(SimEnvironment env)
        {
            await env.Delay(1.0);
            using Request request = press.Request(priority: 1);
            await request;
        }
    }

    [Fact]
    public void Quantities()
    {
        SimEnvironment env = new();
        Container tank = new(env, capacity: 100, init: 20);
        Store<string> shelf = new(env, capacity: 2);
        FilterStore<string> box = new(env);
        PriorityStore<PriorityItem<string>> inbox = new(env);
        env.Process(Worker(env));
        env.Run();
        Assert.Equal(["15 left", "rye", "bolt", "pay"], seen);

        async Process Worker(SimEnvironment env)
        {
            await tank.Get(5);
            See($"{tank.Level} left");
            await shelf.Put("rye");
            See(await shelf.Get());
            await box.Put("axe");
            await box.Put("bolt");
            See(await box.Get(item => item.StartsWith('b')));
            await inbox.Put(new(5, "file"));
            await inbox.Put(new(1, "pay"));
            See((await inbox.Get()).Item);
        }
    }

    [Fact]
    public void Fast()
    {
        SimEnvironment env = new(seed: 1);
        Resource desk = new(env, capacity: 8);
        TimeSeriesMonitor inSystem = new(env, name: "in system", warmUp: new Instant(1_000_000_000));
        env.Start(Source(env));
        env.Run(until: new Instant(100_000_000_000));
        Console.WriteLine(inSystem);
        Assert.InRange(inSystem.Mean, 4, 9);

        async Process Source(SimEnvironment env)
        {
            RandomStream arrivals = env.Random("arrivals"), services = env.Random("services");
            while (true)
            {
                await env.Delay(arrivals.Exponential(1 / 6.0));
                env.Start(Customer(env, services.Exponential(1)));    // its object is used again: keep no reference
            }
        }

        async Process Customer(SimEnvironment env, double service)
        {
            inSystem.Increase();
            using (Lease lease = await desk.Acquire())                // a request without an object of its own
            {
                await env.Delay(service);
            }
            inSystem.Decrease();
        }
    }

    private void See(string what) => seen.Add(what);
}
