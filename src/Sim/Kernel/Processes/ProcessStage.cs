namespace Cortex.Sim.Kernel;

/// <summary>How far a process has come.</summary>
internal enum ProcessStage : byte
{
    /// <summary>Its method has been called and has not run.</summary>
    Unstarted,

    /// <summary>Started, as a process or as a part of one.</summary>
    Alive,

    /// <summary>Its method has returned or failed.</summary>
    Ended,

    /// <summary>The object waits for another call of the method.</summary>
    Free,
}
