using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>
/// A request for a slot of a resource, and the slot once it has happened. Leaving its <c>using</c> block withdraws it while it waits, and
/// gives the slot back when it has been granted, even if the process never saw the grant. An interrupt alone withdraws nothing.
/// </summary>
public sealed class Request : Event, IDisposable
{
    internal const int NoSeat = -1;

    internal Request(Resource resource)
        : base(resource.Environment) => Resource = resource;

    /// <summary>What is asked for a slot.</summary>
    public Resource Resource { get; }

    /// <summary>Who asks; null if it was no process.</summary>
    public Process? Process => Asker?.Keep();

    /// <summary>Smaller is served first, where the resource looks at it.</summary>
    public double Priority { get; private set; }

    /// <summary>Whether it may take a slot away, where the resource does that.</summary>
    public bool Preempt { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant Time { get; private set; }

    /// <summary>Since when it has the slot; null while it waits.</summary>
    public Instant? UsageSince => GrantedAt < 0 ? null : new(GrantedAt);

    internal Process? Asker { get; private set; }

    /// <summary>Where it stands among those who have a slot, <see cref="NoSeat"/> without.</summary>
    internal int Seat { get; set; } = NoSeat;

    /// <summary>When it was granted, in nanoseconds; negative before.</summary>
    internal long GrantedAt { get; set; } = -1;

    /// <summary>Number of its grant among those of the resource.</summary>
    internal long Grant { get; set; }

    /// <summary>Whether it stands for a lease: it is no event then, but wakes the process that waits.</summary>
    internal bool IsLease { get; set; }

    /// <summary>The process that waits for the lease.</summary>
    internal Process? Waiter { private get; set; }

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

    internal void Ask(double priority, bool preempt, Process? asker)
    {
        Priority = priority;
        Preempt = preempt;
        Time = Owned!.Now;
        Asker = asker;
    }

    /// <summary>Makes it new, for the next lease.</summary>
    internal void Renew()
    {
        Generation++;
        GrantedAt = -1;
    }

    /// <summary>Lets the process that waits for the lease go on, behind what is due.</summary>
    internal void WakeWaiter()
    {
        if (Waiter is { } process)
        {
            Waiter = null;
            process.Wake();
        }
    }

    /// <summary>Whether the other is served first, or was: by priority, time, and those that may preempt before polite ones.</summary>
    internal bool IsBehind(Request other)
    {
        int order = Priority.CompareTo(other.Priority);
        order = order != 0 ? order : Time.CompareTo(other.Time);
        return order != 0 ? order > 0 : !Preempt && other.Preempt;
    }
}
