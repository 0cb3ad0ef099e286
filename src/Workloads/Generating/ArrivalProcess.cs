namespace Cortex.Workloads;

/// <summary>When the workflows of a generated trace arrive.</summary>
public abstract record ArrivalProcess
{
    private ArrivalProcess()
    {
    }

    /// <summary>Independent exponential gaps.</summary>
    /// <param name="Rate">Workflows a second, above 0.</param>
    public sealed record Poisson(double Rate) : ArrivalProcess;

    /// <summary>Independent gamma gaps: bursts for a coefficient of variation above 1, regular arrivals below it, Poisson at 1.</summary>
    /// <param name="Rate">Workflows a second, above 0.</param>
    /// <param name="Cv">Standard deviation of a gap ÷ its mean, above 0.</param>
    public sealed record Gamma(double Rate, double Cv) : ArrivalProcess;

    /// <summary>
    /// A Poisson process whose rate jumps (Markov-modulated): it stays in each state for an exponential time, then goes to the next one, behind
    /// the last to the first. It begins in the first.
    /// </summary>
    /// <param name="States">At least one with a rate above 0.</param>
    public sealed record Mmpp(ValueList<MmppState> States) : ArrivalProcess;

    /// <summary>None: as many workflows are under way as there are users when the trace is played.</summary>
    public sealed record Closed : ArrivalProcess;
}

/// <summary>A state of <see cref="ArrivalProcess.Mmpp"/>.</summary>
/// <param name="Rate">Workflows a second while in it, 0 or more.</param>
/// <param name="Stay">Mean seconds in it, above 0.</param>
public readonly record struct MmppState(double Rate, double Stay);
