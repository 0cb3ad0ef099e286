using System.Runtime.ExceptionServices;

namespace Cortex.Sim.Kernel;

/// <summary>
/// Something that happens once, as SimPy has it: pending, then triggered (<see cref="Succeed"/> or <see cref="Fail"/>, and queued behind
/// what is due at this instant), then processed, when those who wait are told in order of subscription. A process waits by
/// <c>await</c>; an event that is past lets it go on at once.
/// </summary>
public partial class Event : Schedulable
{
    private EventState state;
    private Schedulable? firstListener;
    private List<Schedulable>? otherListeners;

    /// <summary>Neighbours in the one line, of requests or of users, in which an event can stand.</summary>
    internal Event? LineNext, LinePrevious;

    internal Line? InLine;

    /// <param name="environment">Where it happens.</param>
    public Event(SimEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        Owned = environment;
    }

    /// <summary>A process belongs to an environment from its start on.</summary>
    private protected Event()
    {
    }

    /// <summary>Where it happens; null only for a process that has not been started.</summary>
    internal SimEnvironment? Owned { get; set; }

    /// <summary>Where it happens.</summary>
    /// <exception cref="InvalidOperationException">It is a process that has not been started.</exception>
    public SimEnvironment Environment => Owned ?? throw Unusable();

    /// <summary>Whether its outcome is fixed. A timeout is triggered from its creation on.</summary>
    public bool IsTriggered => state != EventState.Pending;

    /// <summary>Whether those who listened have been told.</summary>
    public bool IsProcessed => state == EventState.Processed;

    /// <summary>Whether it has been triggered and did not fail.</summary>
    public bool IsOk => IsTriggered && Failure is null;

    /// <summary>What it failed with; null if it succeeded or is pending.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether somebody has taken care of the failure. A failed event that nobody has taken care of when it is processed stops the run.</summary>
    public bool Defused { get; set; }

    /// <summary>What it carries, null for events without a value.</summary>
    /// <exception cref="InvalidOperationException">It is pending, or failed.</exception>
    public virtual object? Value
    {
        get
        {
            EnsureValue();
            return null;
        }
    }

    /// <summary>Triggers it.</summary>
    /// <exception cref="InvalidOperationException">It is triggered already.</exception>
    public void Succeed()
    {
        EnsureOthersTrigger();
        Settle(null);
    }

    /// <summary>Triggers it as a failure: <paramref name="failure"/> is thrown where it is awaited.</summary>
    /// <exception cref="InvalidOperationException">It is triggered already.</exception>
    public void Fail(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        EnsureOthersTrigger();
        Settle(failure);
    }

    /// <summary>Triggers it with the outcome of another event, such as the one whose callback this is.</summary>
    /// <exception cref="InvalidOperationException">It is triggered already, or the other is not.</exception>
    public virtual void Trigger(Event other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!other.IsTriggered)
        {
            throw new InvalidOperationException("an event takes over the outcome of one that is triggered");
        }
        EnsureOthersTrigger();
        Settle(other.Failure);
    }

    /// <summary>Has an action called when the event is processed, behind those who listen already.</summary>
    /// <exception cref="InvalidOperationException">It has been processed: nobody would call.</exception>
    public void AddCallback(Action<Event> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        AddListener(new Callback(callback));
    }

    /// <summary>Takes a callback back; false if it is not subscribed.</summary>
    public bool RemoveCallback(Action<Event> callback)
    {
        if (firstListener is Callback { } first && first.Action == callback)
        {
            firstListener = null;
            return true;
        }
        int place = otherListeners?.FindIndex(listener => listener is Callback other && other.Action == callback) ?? -1;
        if (place >= 0)
        {
            otherListeners!.RemoveAt(place);
        }
        return place >= 0;
    }

    internal bool HasListeners => firstListener is not null || otherListeners is { Count: > 0 };

    /// <summary>Fixes the outcome and queues the event, behind what is due.</summary>
    internal void Settle(Exception? failure)
    {
        MarkTriggered();
        Failure = failure;
        Owned!.Agenda.Add(this);
    }

    /// <summary>Fixes that it will happen; when is another's to say.</summary>
    internal void MarkTriggered()
    {
        if (state != EventState.Pending)
        {
            Refusals.AlreadyTriggered();
        }
        state = EventState.Triggered;
    }

    /// <summary>Makes it new, for objects that are used again.</summary>
    private protected void Reset()
    {
        state = EventState.Pending;
        Defused = false; // Only what succeeded is used again.
    }

    internal virtual void AddListener(Schedulable listener)
    {
        if (state == EventState.Processed)
        {
            throw new InvalidOperationException("the event is past: it calls nobody any more");
        }
        if (firstListener is null && otherListeners is not { Count: > 0 })
        {
            firstListener = listener;
        }
        else
        {
            (otherListeners ??= []).Add(listener);
        }
    }

    internal void RemoveListener(Schedulable listener)
    {
        if (firstListener == listener)
        {
            firstListener = null;
        }
        else
        {
            otherListeners?.Remove(listener);
        }
    }

    internal override void Fire()
    {
        state = EventState.Processed;
        OnProcessed();
        Schedulable? first = firstListener;
        firstListener = null;
        first?.Heard(this);
        if (otherListeners is not null)
        {
            TellOthers();
        }
        if (Failure is not null && !Defused)
        {
            Environment.StopBy(this);
        }
    }

    /// <summary>What the kernel does before listeners are told.</summary>
    private protected virtual void OnProcessed()
    {
    }

    /// <summary>At the end of a wait: throws that the process was interrupted, or the failure, which has then been taken care of.</summary>
    internal void Outcome()
    {
        Owned!.Running!.ThrowIfInterrupted();
        ThrowIfFailed();
    }

    /// <summary>At the end of a wait: false if an interrupt ended it; throws the failure, which has then been taken care of.</summary>
    internal bool OutcomeOrInterrupt(out object? cause)
    {
        if (Owned!.Running!.TakeInterruption() is { } interruption)
        {
            cause = interruption.Cause;
            return false;
        }
        cause = null;
        ThrowIfFailed();
        return true;
    }

    internal void ThrowIfFailed()
    {
        if (Failure is not null)
        {
            Defused = true;
            ExceptionDispatchInfo.Throw(Failure);
        }
    }

    private void EnsureOthersTrigger()
    {
        if (this is Process)
        {
            throw new InvalidOperationException("the end of a process is triggered by its method alone");
        }
    }

    private protected void EnsureValue()
    {
        if (!IsTriggered)
        {
            throw new InvalidOperationException("a pending event has no value yet");
        }
        if (Failure is not null)
        {
            throw new InvalidOperationException($"the event failed: {Failure.Message}", Failure);
        }
    }

    internal virtual InvalidOperationException Unusable() => new("the event belongs to no environment");

    /// <summary>Tells those behind the first, as far as the run goes: the rest are told when it goes on.</summary>
    internal void TellOthers()
    {
        List<Schedulable> others = otherListeners!;
        otherListeners = null;
        for (int i = 0; i < others.Count; i++)
        {
            if (Owned!.IsHalted)
            {
                otherListeners = others[i..];
                Owned.Agenda.AddUrgent(new Untold(this));
                return;
            }
            others[i].Heard(this);
        }
    }
}
