using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;

namespace Cortex.Experiments.Benchmarks;

/// <summary>M/M/c with a process for each customer.</summary>
internal sealed class ProcessQueue
{
    private readonly SimEnvironment env;
    private readonly Resource desk;
    private readonly RandomStream arrivals;
    private readonly RandomStream services;
    private readonly double gap;
    private long waited;

    /// <param name="servers">Number of servers; each serves for a second on average.</param>
    /// <param name="load">Part of them that is busy on average.</param>
    /// <param name="seed">Of both streams of chance.</param>
    public ProcessQueue(int servers, double load, ulong seed)
    {
        env = new(seed);
        desk = new(env, servers);
        arrivals = env.Random("arrivals");
        services = env.Random("services");
        gap = 1 / (load * servers);
    }

    /// <summary>Events so far.</summary>
    public long Events => env.ProcessedEvents;

    /// <summary>Lets so many come at random, and runs until all have gone.</summary>
    /// <returns>Sum of all waits so far, in nanoseconds.</returns>
    public long Run(int customers)
    {
        env.Start(Arrivals(customers, gap));
        env.Run();
        return waited;
    }

    /// <summary>Lets so many come all at once, so that everything grows to what they need.</summary>
    public void Grow(int customers)
    {
        env.Start(Arrivals(customers, 0));
        env.Run();
    }

    private async Process Arrivals(int customers, double mean)
    {
        for (int i = 0; i < customers; i++)
        {
            await env.Delay(Duration.FromSeconds(arrivals.Exponential(mean)));
            env.Start(Customer(Duration.FromSeconds(services.Exponential(1))));
        }
    }

    private async Process Customer(Duration service)
    {
        Instant arrived = env.Now;
        using Lease lease = await desk.Acquire();
        waited += (env.Now - arrived).Ns;
        await env.Delay(service);
    }
}
