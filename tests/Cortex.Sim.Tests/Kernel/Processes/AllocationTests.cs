using Cortex.Policies;
using Cortex.Sim.Kernel;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.Processes;

/// <summary>Once a model has grown to its size, its events allocate nothing.</summary>
[Trait("check", "5")]
public sealed class AllocationTests
{
    private const int Rounds = 20_000;
#if DEBUG
    private const string? Skip = "unoptimised builds keep the state of async methods in an object for each call";
#else
    private const string? Skip = null;
#endif

    private readonly SimEnvironment env = new();

    [Fact(Skip = Skip)]
    public void Processes_for_customers_of_a_queue()
    {
        Resource desk = new(env, capacity: 2);
        AssertNothing(Source);

        async Process Source()
        {
            for (int i = 0; i < Rounds; i++)
            {
                await env.Delay(new Duration(10));
                env.Start(Customer(new Duration(5 + (i % 29))));
            }
        }

        async Process Customer(Duration service)
        {
            using Lease lease = await desk.Acquire();
            await env.Delay(service);
        }
    }

    [Fact(Skip = Skip)]
    public void Parts_of_processes_and_delays_in_seconds()
    {
        AssertNothing(Caller);

        async Process Caller()
        {
            for (int i = 0; i < Rounds; i++)
            {
                await Part();
                await Value(await Value(i));
            }
        }

        async Process Part() => await env.Delay(1e-6);

        async Process<int> Value(int given)
        {
            await env.Delay(Duration.Zero);
            return given;
        }
    }

    [Fact(Skip = Skip)]
    public void Waits_with_a_guard_and_phases()
    {
        Event never = env.Event();
        AssertNothing(Waiter);

        async Process Waiter()
        {
            for (int i = 0; i < Rounds; i++)
            {
                Assert.False(await never.Within(new Duration(3)));
                await env.Delay(Duration.Zero, Phase.Tool);
            }
        }
    }

    [Fact(Skip = Skip)]
    public void Priority_lines_with_their_monitors()
    {
        PriorityResource desk = new(env) { WaitingTime = new(env), QueueLengths = new(env), Utilization = new(env) };
        AssertNothing(Source);

        async Process Source()
        {
            for (int i = 0; i < Rounds; i++)
            {
                env.Start(Customer(i % 3));
                await env.Delay(new Duration(i % 7));
            }
        }

        async Process Customer(int priority)
        {
            using Lease lease = await desk.Acquire(priority);
            await env.Delay(new Duration(3));
        }
    }

    private void AssertNothing(Func<Process> model)
    {
        env.Start(model());
        env.Run(); // Grows to its size.
        env.Start(model());
        long before = GC.GetAllocatedBytesForCurrentThread();
        env.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
