using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;

namespace Cortex.Bench.Kernel;

/// <summary>The same M/M/c written out by hand over the callback calendar, without customers: the least that a simulation of it can cost.</summary>
internal sealed class BareLoop(int servers, double load, ulong seed)
{
    private const int Arrival = 0, Departure = 1;

    private readonly Calendar calendar = new();
    private readonly Queue<(Instant Arrived, Duration Service)> line = new();
    private readonly RandomStream arrivals = new(seed, "arrivals");
    private readonly RandomStream services = new(seed, "services");

    /// <summary>Sum of all waits, in nanoseconds.</summary>
    public long Run(int customers)
    {
        double gap = 1 / (load * servers);
        int busy = 0;
        int left = customers;
        long waited = 0;
        Schedule(Duration.FromSeconds(arrivals.Exponential(gap)), Arrival);
        while (calendar.TryPop(out ScheduledEvent next))
        {
            if (next.Payload == Departure)
            {
                busy--;
            }
            else
            {
                line.Enqueue((next.At, Duration.FromSeconds(services.Exponential(1))));
                if (--left > 0)
                {
                    Schedule(Duration.FromSeconds(arrivals.Exponential(gap)), Arrival);
                }
            }
            if (busy < servers && line.TryDequeue(out (Instant Arrived, Duration Service) customer))
            {
                busy++;
                waited += (next.At - customer.Arrived).Ns;
                Schedule(customer.Service, Departure);
            }
        }
        return waited;
    }

    private void Schedule(Duration delay, int what) => calendar.Schedule(calendar.Now + delay, Phase.Process, what);
}
