using Cortex.Policies.Random;
using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.Queueing;

/// <summary>The queues whose means theory knows, as processes.</summary>
internal static class Models
{
    /// <summary>A draw of a time with mean 1.</summary>
    internal delegate double Draw(RandomStream stream);

    public static readonly Draw Exponential = stream => stream.Exponential(1);

    public static readonly Draw Constant = _ => 1;

    /// <summary>Squared coefficient of variation 9, by two exponentials with balanced means.</summary>
    public static readonly Draw Bursty = stream =>
    {
        double p = 0.5 * (1 + Math.Sqrt((9.0 - 1) / (9.0 + 1)));
        return stream.Bernoulli(p) ? stream.Exponential(0.5 / p) : stream.Exponential(0.5 / (1 - p));
    };

    /// <summary>Waits in line at c servers, first come first served.</summary>
    public static List<double> Waits(ulong seed, int customers, int servers, double load, Draw service, Draw? between = null)
    {
        SimEnvironment env = new(seed);
        Resource desk = new(env, servers);
        List<double> waits = new(customers);
        env.Start(Source());
        env.Run();
        return waits;

        async Process Source()
        {
            RandomStream arrivals = env.Random("arrivals"), services = env.Random("services");
            for (int i = 0; i < customers; i++)
            {
                await env.Delay((between ?? Exponential)(arrivals) / (load * servers));
                env.Start(Customer(service(services)));
            }
        }

        async Process Customer(double work)
        {
            double arrived = env.Now.Seconds;
            using Lease lease = await desk.Acquire();
            waits.Add(env.Now.Seconds - arrived);
            await env.Delay(work);
        }
    }

    /// <summary>1 for each customer who finds no room, 0 for the others; room counts those in service.</summary>
    public static List<double> Losses(ulong seed, int customers, int servers, int room, double rate)
    {
        SimEnvironment env = new(seed);
        Resource desk = new(env, servers);
        List<double> lost = new(customers);
        env.Start(Source());
        env.Run();
        return lost;

        async Process Source()
        {
            for (int i = 0; i < customers; i++)
            {
                await env.Delay(env.Random("arrivals").Exponential(1 / rate));
                bool full = desk.Count + desk.QueueLength >= room;
                lost.Add(full ? 1 : 0);
                if (!full)
                {
                    env.Start(Customer());
                }
            }
        }

        async Process Customer()
        {
            using Lease lease = await desk.Acquire();
            await env.Delay(env.Random("services").Exponential(1));
        }
    }

    /// <summary>Waits of one class of customers at one server with priorities; nobody is thrown off.</summary>
    public static List<double> PriorityWaits(ulong seed, int customers, double[] rates, int watched)
    {
        SimEnvironment env = new(seed);
        PriorityResource desk = new(env);
        List<double> waits = [];
        for (int level = 0; level < rates.Length; level++)
        {
            env.Start(Source(level));
        }
        env.Run();
        return waits;

        async Process Source(int level)
        {
            RandomStream arrivals = env.Random($"arrivals of {level}"), services = env.Random($"services of {level}");
            for (int i = 0; i < customers * rates[level] / rates.Sum(); i++)
            {
                await env.Delay(arrivals.Exponential(1 / rates[level]));
                env.Start(Customer(level, services.Exponential(1)));
            }
        }

        async Process Customer(int level, double work)
        {
            double arrived = env.Now.Seconds;
            using Lease lease = await desk.Acquire(level);
            if (level == watched)
            {
                waits.Add(env.Now.Seconds - arrived);
            }
            await env.Delay(work);
        }
    }

    /// <summary>Times in two stations in a row, each with one server.</summary>
    public static List<double> Tandem(ulong seed, int customers, double rate, double first, double second)
    {
        SimEnvironment env = new(seed);
        Resource one = new(env), two = new(env);
        List<double> times = new(customers);
        env.Start(Source());
        env.Run();
        return times;

        async Process Source()
        {
            for (int i = 0; i < customers; i++)
            {
                await env.Delay(env.Random("arrivals").Exponential(1 / rate));
                env.Start(Customer());
            }
        }

        async Process Customer()
        {
            double arrived = env.Now.Seconds;
            await Visit(one, env.Random("first").Exponential(first));
            await Visit(two, env.Random("second").Exponential(second));
            times.Add(env.Now.Seconds - arrived);
        }

        async Process Visit(Resource station, double work)
        {
            using Lease lease = await station.Acquire();
            await env.Delay(work);
        }
    }

    /// <summary>Mean number of machines that are down, in windows of a hundred time units.</summary>
    public static List<double> Down(ulong seed, int windows, int machines, int repairers, double life, double repair)
    {
        const double Window = 100;
        SimEnvironment env = new(seed);
        Resource crew = new(env, repairers);
        TimeSeriesMonitor down = new(env);
        List<double> means = new(windows);
        for (int i = 0; i < machines; i++)
        {
            env.Start(Machine(env.Random($"life {i}"), env.Random($"repair {i}")));
        }
        env.Run(until: env.Process(Watch()));
        return means;

        async Process Machine(RandomStream lives, RandomStream repairs)
        {
            while (true)
            {
                await env.Delay(lives.Exponential(life));
                down.Increase();
                using (await crew.Acquire())
                {
                    await env.Delay(repairs.Exponential(repair));
                }
                down.Decrease();
            }
        }

        async Process Watch()
        {
            Int128 before = 0;
            for (int i = 0; i < windows; i++)
            {
                await env.Delay(Window);
                means.Add((double)(down.Area - before) / (Window * 1e9));
                before = down.Area;
            }
        }
    }
}
