using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>
/// A request for a slot of a resource, and the slot once it has happened. Leaving its <c>using</c> block withdraws it while it waits, and
/// gives the slot back when it has been granted, even if the process never saw the grant. An interrupt alone withdraws nothing.
/// </summary>
public sealed class Request : Event, IDisposable
{
    internal Request(Resource resource)
        : base(resource.Environment) => Resource = resource;

    /// <summary>What is asked for a slot.</summary>
    public Resource Resource { get; }

    /// <summary>Who asks; null if it was no process.</summary>
    public Process? Process => Asker?.Keep();

    /// <summary>Smaller is served first, where the resource looks at it.</summary>
    public int Priority { get; private set; }

    /// <summary>Whether it may take a slot away, where the resource does that.</summary>
    public bool Preempt { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant Time { get; private set; }

    /// <summary>Since when it has the slot; null while it waits.</summary>
    public Instant? UsageSince { get; internal set; }

    internal Process? Asker { get; private set; }

    /// <summary>Counts the uses of the object, so that an old lease is recognised.</summary>
    internal int Generation { get; private set; }

    /// <summary>Withdraws it if it waits; false if it is granted or has been withdrawn.</summary>
    public bool Cancel() => Resource.Withdraw(this);

    /// <summary>Withdraws it, and gives back the slot if it has one.</summary>
    public void Dispose()
    {
        Resource.Withdraw(this);
        Resource.GiveBack(this);
    }

    internal Request Ask(int priority, bool preempt)
    {
        Priority = priority;
        Preempt = preempt;
        Time = Environment.Now;
        Asker = Environment.Running;
        return this;
    }

    /// <summary>Makes it new, for the next lease.</summary>
    internal void Renew()
    {
        Reset();
        Generation++;
        UsageSince = null;
        Asker = null;
    }

    /// <summary>Whether the other is served first, or was: by priority, time, and those that may preempt before polite ones.</summary>
    internal bool IsBehind(Request other)
    {
        int order = Priority.CompareTo(other.Priority);
        order = order != 0 ? order : Time.CompareTo(other.Time);
        return order != 0 ? order > 0 : !Preempt && other.Preempt;
    }
}
