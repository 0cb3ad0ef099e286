namespace Cortex.Sim.Kernel;

/// <summary>The objects of one method's processes that are to be used again, by the thread that made them.</summary>
internal sealed class ProcessPool
{
    /// <summary>The first; the others are linked through themselves.</summary>
    public Process? First { get; set; }

    /// <summary>Of the thread.</summary>
    public UnstartedProcesses Unstarted { get; } = UnstartedProcesses.Here;
}
