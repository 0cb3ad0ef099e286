using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Cortex.Sim.Kernel;

/// <summary>
/// A process: an <c>async</c> method that returns this type, and waits only for the kernel's events. Calling the method runs nothing yet.
/// <see cref="SimEnvironment.Process(Process, string?)"/> starts it as a process of its own, whose end is an event;
/// <see cref="SimEnvironment.Start"/> does the same for processes that nobody refers to, and uses the object again; to <c>await</c> the
/// bare call, once, runs it as a part of the process that awaits, as a subroutine.
/// </summary>
[AsyncMethodBuilder(typeof(ProcessMethodBuilder))]
public abstract partial class Process : Event
{
    private string? name;
    private Process innermost; // Of its parts that have called each other: the one that runs.
    private Process? caller;
    private Process? nextFree;
    private Interruption? interruption;
    private Exception? thrown; // By its method.
    private ProcessStage stage;
    private bool kept;

    private protected Process(ProcessPool pool)
    {
        Pool = pool;
        Owner = this;
        innermost = this;
        Continuation = new ProcessContinuation(this).Unused;
    }

    /// <summary>Where its object comes from.</summary>
    private protected ProcessPool Pool { get; }

    /// <summary>Itself, as waits take it.</summary>
    internal Action Continuation { get; }

    /// <summary>For the report of failures, and for the reader; the name of the method unless another is given.</summary>
    public string Name
    {
        get => name ?? MethodName;
        set => name = value;
    }

    /// <summary>Whether it has been started and has not ended.</summary>
    public bool IsAlive => stage == ProcessStage.Alive;

    /// <summary>The event that it waits for; null while it sleeps by <c>Delay</c>, runs, or has ended.</summary>
    public Event? Target { get; private set; }

    /// <summary>The process on whose behalf it runs: itself, unless it is a part of another.</summary>
    internal Process Owner { get; private set; }

    /// <summary>Whether it is a part of another process.</summary>
    internal bool IsPart => caller is not null;

    /// <summary>Whether it was its guard that ended the wait. Asked once, by the wait.</summary>
    private bool TimedOut { get; set; }

    /// <summary>Part of a nanosecond that its sleeps in seconds have left over.</summary>
    internal double Remainder { get; set; }

    private protected abstract string MethodName { get; }

    /// <summary>
    /// Interrupts it: urgently, at this instant, it stops waiting and is told, by an <see cref="InterruptException"/> or by a value. What
    /// it waited for lives on. Dropped silently if it ends before, of another interrupt of the same instant.
    /// </summary>
    /// <param name="cause">Handed to it.</param>
    /// <exception cref="InvalidOperationException">It has ended, has not been started, or is the one that runs.</exception>
    public void Interrupt(object? cause = null)
    {
        if (!IsAlive || IsPart)
        {
            throw new InvalidOperationException(
                stage is ProcessStage.Ended or ProcessStage.Free ? $"process '{Name}' has ended and cannot be interrupted"
                : IsPart ? $"'{Name}' is a part of process '{Owner.Name}': interrupt that one"
                : $"process '{Name}' has not been started and cannot be interrupted");
        }
        if (Environment.Running == this)
        {
            throw new InvalidOperationException($"process '{Name}' cannot interrupt itself");
        }
        kept = true;
        Environment.Agenda.AddUrgent(new Interruption(this, cause));
    }

    /// <summary>As <see cref="Event.GetAwaiter"/>; a process that has not been started runs as a part of the one that awaits it.</summary>
    public new ProcessAwaiter GetAwaiter() => new(this);

    internal void Start(SimEnvironment environment, bool keep, string? givenName)
    {
        if (stage != ProcessStage.Unstarted)
        {
            Refusals.AlreadyStarted(this);
        }
        environment.Unstarted.Remove(this);
        Owned = environment;
        stage = ProcessStage.Alive;
        kept = keep;
        name = givenName;
        environment.Agenda.AddUrgent(this);
    }

    /// <summary>Waits for a process, or lets it run as a part of this one if it has not been started.</summary>
    internal void Call(Process called)
    {
        if (called.Owned is null || called.IsPart || called.stage == ProcessStage.Free)
        {
            called.StartAsPart(this);
        }
        else
        {
            Owner.WaitFor(called);
        }
    }

    /// <summary>The caller goes on behind a part that has ended; throws what it threw.</summary>
    internal void LeavePart()
    {
        Exception? failure = thrown;
        Recycle();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Makes it a part of the process whose frame calls, which runs on when this has ended.</summary>
    private void StartAsPart(Process frame)
    {
        if (stage != ProcessStage.Unstarted)
        {
            Refusals.AwaitedBefore(this);
        }
        Owned = frame.Owned;
        Owned!.Unstarted.Remove(this);
        stage = ProcessStage.Alive;
        caller = frame;
        Owner = frame.Owner;
        Owner.innermost = this;
    }

    /// <summary>Somebody refers to it: its object is not used again.</summary>
    internal Process Keep()
    {
        kept = true;
        return this;
    }

    internal sealed override void AddListener(Schedulable listener)
    {
        EnsureOwn();
        base.AddListener(listener);
    }

    /// <summary>The method has come to its end; called from within it.</summary>
    internal void Finish(Exception? failure)
    {
        thrown = failure;
        stage = ProcessStage.Ended;
    }

    /// <summary>Takes the method to its next wait.</summary>
    private protected abstract void MoveNext();

    /// <summary>Lets go of what the method held.</summary>
    private protected abstract void Forget();

    /// <summary>Gives the object back, if nobody can hear of its end any more.</summary>
    internal void Recycle()
    {
        Debug.Assert(!HasListeners && Target is null && Ticket == 0);
        bool comesBack = Owned!.Unstarted == Pool.Unstarted; // Not if another thread has gone on with the run.
        Reset();
        Owned = null;
        name = null;
        if (caller is not null)
        {
            caller = null;
            Owner = this;
        }
        thrown = null;
        Remainder = 0;
        stage = ProcessStage.Free;
        Forget();
        if (comesBack)
        {
            nextFree = Pool.First;
            Pool.First = this;
        }
    }

    private protected Process? TakeNextFree()
    {
        Process? next = nextFree;
        nextFree = null;
        stage = ProcessStage.Unstarted;
        return next;
    }

    internal override InvalidOperationException Unusable() => new(
        $"process '{Name}' has not been started: pass it to env.Process or env.Start, or await it");

    private void EnsureOwn()
    {
        if (Owned is null)
        {
            throw Unusable();
        }
        if (IsPart)
        {
            throw new InvalidOperationException($"'{Name}' is a part of process '{Owner.Name}': start it with env.Process to wait for it elsewhere");
        }
    }

    private void End()
    {
        if (thrown is null && !kept && !HasListeners)
        {
            Recycle();
        }
        else
        {
            Settle(thrown);
        }
    }
}
