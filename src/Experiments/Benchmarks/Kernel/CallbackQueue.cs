using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Sim.Kernel;

namespace Cortex.Experiments.Benchmarks;

/// <summary>
/// The same M/M/c with an object for each customer, whose methods the callback calendar calls: what processes are compared with. It keeps
/// what a process keeps, a customer's state across its waits, and objects are used again.
/// </summary>
internal sealed class CallbackQueue(int servers, double load, ulong seed)
{
    private readonly Calendar calendar = new();
    private readonly List<Caller> callers = [];
    private readonly Stack<Customer> spare = new();
    private readonly Queue<Customer> line = new();
    private readonly RandomStream arrivals = new(seed, "arrivals");
    private readonly RandomStream services = new(seed, "services");
    private readonly double gap = 1 / (load * servers);
    private int busy;
    private long waited;

    /// <summary>Sum of all waits, in nanoseconds.</summary>
    public long Run(int customers)
    {
        new Source(this, customers).Next();
        while (calendar.TryPop(out ScheduledEvent next))
        {
            callers[next.Payload].Call(next.At);
        }
        return waited;
    }

    /// <summary>Who can be called by the calendar, by its number.</summary>
    private abstract class Caller
    {
        private readonly int number;

        protected Caller(CallbackQueue queue)
        {
            Queue = queue;
            number = queue.callers.Count;
            queue.callers.Add(this);
        }

        protected CallbackQueue Queue { get; }

        public abstract void Call(Instant now);

        protected void CallAfter(Duration delay) => Queue.calendar.Schedule(Queue.calendar.Now + delay, Phase.Process, number);
    }

    private sealed class Source(CallbackQueue queue, int left) : Caller(queue)
    {
        public void Next() => CallAfter(Duration.FromSeconds(Queue.arrivals.Exponential(Queue.gap)));

        public override void Call(Instant now)
        {
            Customer customer = Queue.spare.TryPop(out Customer? used) ? used : new(Queue);
            customer.Arrive(now, Duration.FromSeconds(Queue.services.Exponential(1)));
            if (--left > 0)
            {
                Next();
            }
        }
    }

    private sealed class Customer(CallbackQueue queue) : Caller(queue)
    {
        private Instant arrived;
        private Duration service;

        public void Arrive(Instant now, Duration work)
        {
            arrived = now;
            service = work;
            if (Queue.busy < Queue.ServerCount)
            {
                Queue.busy++;
                Begin(now);
            }
            else
            {
                Queue.line.Enqueue(this);
            }
        }

        public override void Call(Instant now)
        {
            Queue.spare.Push(this);
            if (Queue.line.TryDequeue(out Customer? next))
            {
                next.Begin(now);
            }
            else
            {
                Queue.busy--;
            }
        }

        private void Begin(Instant now)
        {
            Queue.waited += (now - arrived).Ns;
            CallAfter(service);
        }
    }

    private int ServerCount => servers;
}
