using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>Real time, for a run that keeps step with it. The kernel has no clock of its own: it is the caller's to bring.</summary>
public interface IWallClock
{
    /// <summary>Since a moment that stays the same.</summary>
    Duration Elapsed { get; }

    /// <summary>Returns after this time, or a little earlier or later.</summary>
    void Sleep(Duration length);
}
