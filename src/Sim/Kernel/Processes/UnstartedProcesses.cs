namespace Cortex.Sim.Kernel;

/// <summary>
/// The processes of a thread whose method has been called and that have been neither started nor awaited: a forgotten <c>env.Process</c>,
/// which a run reports. The list begins anew with every environment.
/// </summary>
internal sealed class UnstartedProcesses
{
    private readonly List<Process> others = [];
    private Process? only; // As a rule each is started before the next one is called.

    /// <summary>Whether an environment runs on this thread.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Of the thread that calls.</summary>
    public static UnstartedProcesses Here => PerThread.Unstarted ??= new();

    public void Add(Process process)
    {
        if (only is null)
        {
            only = process;
        }
        else
        {
            others.Add(process);
        }
    }

    public void Remove(Process process)
    {
        if (only == process)
        {
            only = null;
        }
        else
        {
            others.Remove(process);
        }
    }

    /// <summary>Empties the list and gives one of it; null if there is none.</summary>
    public Process? TakeAny()
    {
        Process? any = only ?? (others.Count > 0 ? others[0] : null);
        only = null;
        others.Clear();
        return any;
    }
}
