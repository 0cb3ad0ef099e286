namespace Cortex.Sim.Kernel;

/// <summary>How far an event has come.</summary>
internal enum EventState : byte
{
    /// <summary>May happen.</summary>
    Pending,

    /// <summary>Its outcome is fixed, and it is queued or has a time.</summary>
    Triggered,

    /// <summary>All who listened have been told.</summary>
    Processed,
}
