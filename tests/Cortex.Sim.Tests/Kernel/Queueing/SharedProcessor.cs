using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.Queueing;

/// <summary>One processor that all jobs share in equal parts.</summary>
internal sealed class SharedProcessor
{
    private readonly SimEnvironment env;
    private readonly List<(double Left, Event Done)> jobs = [];
    private Event changed;
    private double since;

    private SharedProcessor(SimEnvironment env)
    {
        this.env = env;
        changed = env.Event();
        env.Start(Working());
    }

    /// <summary>Times that jobs spend, arrivals Poisson, work with mean 1.</summary>
    public static List<double> Times(ulong seed, int customers, double load, Models.Draw work)
    {
        SimEnvironment env = new(seed);
        SharedProcessor processor = new(env);
        List<double> times = new(customers);
        env.Start(Source());
        env.Run();
        return times;

        async Process Source()
        {
            RandomStream arrivals = env.Random("arrivals"), works = env.Random("work");
            for (int i = 0; i < customers; i++)
            {
                await env.Delay(arrivals.Exponential(1 / load));
                env.Start(Customer(work(works)));
            }
        }

        async Process Customer(double amount)
        {
            double arrived = env.Now.Seconds;
            await processor.Do(amount);
            times.Add(env.Now.Seconds - arrived);
        }
    }

    private Event Do(double amount)
    {
        Advance();
        Event done = env.Event();
        jobs.Add((amount, done));
        changed.Succeed();
        changed = env.Event();
        return done;
    }

    private async Process Working()
    {
        while (true)
        {
            if (jobs.Count == 0)
            {
                await changed;
                continue;
            }
            int next = 0;
            for (int i = 1; i < jobs.Count; i++)
            {
                next = jobs[i].Left < jobs[next].Left ? i : next;
            }
            if (!await changed.Within(Duration.FromSeconds(Math.Max(0, jobs[next].Left * jobs.Count))))
            {
                Advance();
                jobs[next].Done.Succeed();
                jobs.RemoveAt(next);
            }
        }
    }

    /// <summary>Takes off what has been done since the number of jobs last changed.</summary>
    private void Advance()
    {
        double now = env.Now.Seconds;
        for (int i = 0; i < jobs.Count; i++)
        {
            jobs[i] = (jobs[i].Left - ((now - since) / jobs.Count), jobs[i].Done);
        }
        since = now;
    }
}
