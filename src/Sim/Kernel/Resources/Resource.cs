namespace Cortex.Sim.Kernel;

/// <summary>
/// Slots for which processes queue, first come first served. A free slot is taken inside the request; one that is given back is free at
/// once, and handed to the first in line behind what is due, or when somebody asks before that: there is no overtaking.
/// </summary>
public class Resource
{
    private readonly HandOver handOver;
    private readonly Stack<Request> spare = new();

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
    }

    /// <summary>Where it is.</summary>
    public SimEnvironment Environment { get; }

    /// <summary>Slots.</summary>
    public int Capacity { get; }

    /// <summary>Slots in use.</summary>
    public int Count => UserLine.Count;

    /// <summary>Slots in use, as SimSharp has it.</summary>
    public int InUse => UserLine.Count;

    /// <summary>Slots that are free.</summary>
    public int Remaining => Capacity - UserLine.Count;

    /// <summary>How many wait: the length of <see cref="Queue"/>, without making a list.</summary>
    public int QueueLength => RequestLine.Count;

    /// <summary>The requests that wait, first in line first; a copy.</summary>
    public IReadOnlyList<Request> Queue => RequestLine.ToList<Request>();

    /// <summary>The requests that have a slot, in the order in which they got it; a copy.</summary>
    public IReadOnlyList<Request> Users => UserLine.ToList<Request>();

    /// <summary>If set, is told how long each request that is granted has waited, in seconds.</summary>
    public SampleMonitor? WaitingTime { get; init; }

    /// <summary>If set, follows how many wait.</summary>
    public TimeSeriesMonitor? QueueLengths { get; init; }

    /// <summary>If set, follows how many slots are in use.</summary>
    public TimeSeriesMonitor? Utilization { get; init; }

    private protected Line UserLine { get; } = new();

    private protected Line RequestLine { get; } = new();

    /// <summary>Asks for a slot.</summary>
    public Request Request() => Enter(new Request(this).Ask(0, preempt: true));

    /// <summary>Asks for a slot, to be awaited at once: gives a lease, allocates nothing, and an interrupt withdraws it.</summary>
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
        if (left)
        {
            QueueLengths?.UpdateTo(RequestLine.Count);
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

    /// <summary>The object of a lease that is over serves the next.</summary>
    internal void Spare(Request request)
    {
        request.Renew();
        spare.Push(request);
    }

    private protected Acquisition AcquireWith(int priority, bool preempt) =>
        new(Enter((spare.TryPop(out Request? request) ? request : new(this)).Ask(priority, preempt)));

    private protected Request Enter(Request request)
    {
        Join(request);
        QueueLengths?.UpdateTo(RequestLine.Count);
        ServeNext();
        return request;
    }

    private protected virtual void Join(Request request) => RequestLine.Append(request);

    private protected virtual void Serve(Request first)
    {
        if (UserLine.Count >= Capacity)
        {
            return;
        }
        RequestLine.Remove(first);
        UserLine.Append(first);
        first.UsageSince = Environment.Now;
        QueueLengths?.UpdateTo(RequestLine.Count);
        Utilization?.UpdateTo(UserLine.Count);
        WaitingTime?.Add((Environment.Now - first.Time).Seconds);
        first.Settle(null);
    }

    private protected void Leave(Request request)
    {
        if (UserLine.Remove(request))
        {
            Utilization?.UpdateTo(UserLine.Count);
        }
    }
}
