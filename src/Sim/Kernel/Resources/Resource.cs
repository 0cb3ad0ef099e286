namespace Cortex.Sim.Kernel;

/// <summary>
/// Slots for which processes queue, first come first served. A free slot is taken inside the request; one that is given back is free at
/// once, and handed to the first in line behind what is due, or when somebody asks before that: there is no overtaking.
/// </summary>
public partial class Resource
{
    private readonly HandOver handOver;
    private int leased; // Leases that have no seat.
    private Event? spare; // Of leases that are over, linked as a line is.

    /// <param name="environment">Where it is.</param>
    /// <param name="capacity">Slots, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">No slots.</exception>
    public Resource(SimEnvironment environment, int capacity = 1)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Environment = environment;
        Capacity = capacity;
        handOver = new(this);
        watchers = new(environment);
    }

    /// <summary>Where it is.</summary>
    public SimEnvironment Environment { get; }

    /// <summary>Slots.</summary>
    public int Capacity { get; }

    /// <summary>Slots in use.</summary>
    public int Count => Seated.Count + leased;

    /// <summary>Slots in use, as SimSharp has it.</summary>
    public int InUse => Count;

    /// <summary>Slots that are free.</summary>
    public int Remaining => Capacity - Count;

    /// <summary>How many wait: the length of <see cref="Queue"/>, without making a list.</summary>
    public int QueueLength => RequestLine.Count;

    /// <summary>The requests that wait, first in line first; a copy.</summary>
    public IReadOnlyList<Request> Queue => RequestLine.ToList<Request>();

    /// <summary>The requests that have a slot, in the order in which they got it; a copy, without leases unless the resource is preemptive.</summary>
    public IReadOnlyList<Request> Users => Seated.ToList();

    private protected Seats Seated { get; } = new();

    private protected Line RequestLine { get; } = new();

    /// <summary>Asks for a slot.</summary>
    public Request Request() => EnterNew(0, preempt: true);

    /// <summary>
    /// Asks for a slot, to be awaited at once: gives a lease, allocates nothing, and an interrupt withdraws it. Shorter ways than SimPy's,
    /// within one instant: a free slot is there at once, and the slot of a lease that ends goes to the first in line at once.
    /// </summary>
    public Acquisition Acquire() => AcquireWith(0, preempt: true);

    /// <summary>
    /// Gives a slot back. Silently accepted from a request without one. Returns the event of the hand-over; <c>Dispose</c> of the request
    /// does the same without an event.
    /// </summary>
    public Event Release(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Leave(request);
        Release release = new(this);
        release.Succeed();
        return release;
    }

    internal bool Withdraw(Request request)
    {
        bool left = RequestLine.Remove(request);
        if (left && isWatched)
        {
            BreakOffTime?.Add(SecondsSince(request));
            Changed();
        }
        return left;
    }

    internal void GiveBack(Request request)
    {
        Leave(request);
        Environment.Agenda.Add(handOver);
    }

    /// <summary>Serves the first in line, if it can be served.</summary>
    internal void ServeNext()
    {
        if (RequestLine.First is { } first)
        {
            Serve((Request)first);
        }
    }

    /// <summary>Ends a lease, or the wait for it: its slot goes to the first in line, and its object serves the next.</summary>
    internal void EndLease(Request request)
    {
        if (request.GrantedAt < 0)
        {
            Withdraw(request);
        }
        else
        {
            Leave(request);
            ServeNext();
        }
        request.Renew();
        request.LineNext = spare;
        spare = request;
    }

    private protected Acquisition AcquireWith(double priority, bool preempt)
    {
        var request = (Request?)spare;
        if (request is null)
        {
            request = new(this);
        }
        else
        {
            spare = request.LineNext;
            request.LineNext = null;
        }
        request.IsLease = true;
        request.Ask(priority, preempt, SeatsLeases ? Environment.Running : null);
        return new(Enter(request));
    }

    private protected Request EnterNew(double priority, bool preempt)
    {
        Request request = new(this);
        request.Ask(priority, preempt, Environment.Running);
        return Enter(request);
    }

    /// <summary>Whether leases have seats, so that a slot can be taken away from them.</summary>
    private protected virtual bool SeatsLeases => false;

    private Request Enter(Request request)
    {
        if (RequestLine.Count == 0 && Count < Capacity)
        {
            Grant(request);
        }
        else
        {
            Join(request);
            if (isWatched)
            {
                Changed();
            }
            ServeNext();
        }
        return request;
    }

    private protected virtual void Join(Request request) => RequestLine.Append(request);

    private protected virtual void Serve(Request first)
    {
        if (Count < Capacity)
        {
            RequestLine.Remove(first);
            Grant(first);
        }
    }

    private protected void Leave(Request request)
    {
        if (request.IsLease && !SeatsLeases)
        {
            leased--;
        }
        else if (!Seated.Remove(request))
        {
            return;
        }
        if (isWatched)
        {
            LeadTime?.Add(SecondsSince(request));
            Changed();
        }
    }

    private void Grant(Request request)
    {
        if (request.IsLease && !SeatsLeases)
        {
            leased++;
        }
        else
        {
            Seated.Add(request);
        }
        request.GrantedAt = Environment.Agenda.Now;
        if (isWatched)
        {
            WaitingTime?.Add(SecondsSince(request));
            Changed();
        }
        if (request.IsLease)
        {
            request.WakeWaiter();
        }
        else
        {
            request.Settle(null);
        }
    }
}
