namespace Cortex.Sim.Kernel;

/// <summary>What can be seen of a resource, and waited for.</summary>
public partial class Resource
{
    private readonly Watchers watchers;
    private bool isWatched; // By any of what stands here: asked for once a change, since most resources are not.

    /// <summary>If set, is told how long each request that is granted has waited, in seconds.</summary>
    public SampleMonitor? WaitingTime { get; init => Watch(field = value); }

    /// <summary>If set, is told how long each request that was withdrawn had waited, in seconds.</summary>
    public SampleMonitor? BreakOffTime { get; init => Watch(field = value); }

    /// <summary>If set, is told the time from each request to its end, waiting and use together, in seconds; of slots that were taken away, to that.</summary>
    public SampleMonitor? LeadTime { get; init => Watch(field = value); }

    /// <summary>If set, follows how many wait.</summary>
    public TimeSeriesMonitor? QueueLengths { get; init => Watch(field = value); }

    /// <summary>If set, follows how many slots are in use.</summary>
    public TimeSeriesMonitor? Utilization { get; init => Watch(field = value); }

    /// <summary>If set, follows how many wait or have a slot: work in progress.</summary>
    public TimeSeriesMonitor? Wip { get; init => Watch(field = value); }

    /// <summary>Happens when a slot is free.</summary>
    public Event WhenAny() => When(() => Remaining > 0);

    /// <summary>Happens when all slots are there, as SimSharp has it: none is in use.</summary>
    public Event WhenFull() => When(() => Count == 0);

    /// <summary>Happens when no slot is free.</summary>
    public Event WhenEmpty() => When(() => Remaining == 0);

    /// <summary>Happens when a slot is next taken or given back.</summary>
    public Event WhenChange()
    {
        isWatched = true;
        int before = Count;
        return watchers.AtNextChange(() => Count != before);
    }

    private Event When(Func<bool> holds)
    {
        isWatched = true;
        return watchers.When(holds);
    }

    private void Watch(object? monitor) => isWatched |= monitor is not null;

    private void Changed()
    {
        QueueLengths?.UpdateTo(RequestLine.Count);
        Utilization?.UpdateTo(Count);
        Wip?.UpdateTo(RequestLine.Count + Count);
        watchers.Tell();
    }

    private double SecondsSince(Request request) => (Environment.Now - request.Time).Seconds;
}
