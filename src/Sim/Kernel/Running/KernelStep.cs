using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>What happens next, for those who trace a run.</summary>
public readonly struct KernelStep
{
    private readonly Schedulable what;

    internal KernelStep(long number, Instant time, Schedulable what)
    {
        Number = number;
        Time = time;
        this.what = what;
    }

    /// <summary>From 1 on, in the order in which they happen.</summary>
    public long Number { get; }

    /// <summary>When.</summary>
    public Instant Time { get; }

    /// <summary>The event that is about to be processed; null if a process starts, ends its sleep or is interrupted, or a slot is handed over.</summary>
    public Event? Event => what is Process { IsAlive: true } ? null : what as Event;

    /// <summary>The name of the process that is about to go on, to be interrupted, or whose end is told; null if it is none of these.</summary>
    public string? ProcessName => (what as Process ?? (what as Interruption)?.Process)?.Name;

    /// <summary>In one line: time, number, and what happens.</summary>
    public override string ToString() => FormattableString.Invariant($"{Time.Seconds:F9} s, {Number}: {Words()}");

    private string Words() => what switch
    {
        Process { IsAlive: true } => $"process '{ProcessName}' goes on",
        Process => $"process '{ProcessName}' has ended",
        Interruption => $"process '{ProcessName}' is interrupted",
        Untold => "those are told who stood behind the end of a run",
        HandOver => "a slot is handed over",
        _ => what.GetType().Name.Split('`')[0],
    };
}
