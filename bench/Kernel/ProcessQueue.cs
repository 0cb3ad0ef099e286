using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;

namespace Cortex.Bench.Kernel;

/// <summary>M/M/c with a process for each customer.</summary>
internal sealed class ProcessQueue(int servers, double load, ulong seed)
{
    private readonly SimEnvironment env = new(seed);
    private long waited;

    /// <summary>Sum of all waits, in nanoseconds.</summary>
    public long Run(int customers)
    {
        env.Start(Arrivals(customers, new Resource(env, servers)));
        env.Run();
        return waited;
    }

    private async Process Arrivals(int customers, Resource desk)
    {
        RandomStream arrivals = env.Random("arrivals"), services = env.Random("services");
        double gap = 1 / (load * servers);
        for (int i = 0; i < customers; i++)
        {
            await env.Delay(Duration.FromSeconds(arrivals.Exponential(gap)));
            env.Start(Customer(desk, Duration.FromSeconds(services.Exponential(1))));
        }
    }

    private async Process Customer(Resource desk, Duration service)
    {
        Instant arrived = env.Now;
        using Lease lease = await desk.Acquire();
        waited += (env.Now - arrived).Ns;
        await env.Delay(service);
    }
}
