namespace Cortex.Sim.Kernel;

/// <summary>
/// The order of events at the same instant. Behind them calls arrive, and engines plan last, so that a plan sees all that its instant
/// brings. A step's end before arrivals before new plans is also the order of Vidur and AISimulate. At most 16 phases.
/// </summary>
public enum Phase : byte
{
    /// <summary>An engine's step, or run of steps, has ended.</summary>
    StepEnd,

    /// <summary>The last step of a run of steps begins, so that the one behind it can be planned.</summary>
    LastStep,

    /// <summary>A tool has answered.</summary>
    Tool,

    /// <summary>Processes act, those of device models and of users' own models, unless they ask for another phase.</summary>
    Process,
}
