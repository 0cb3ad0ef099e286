namespace Cortex.Sim.Kernel;

/// <summary>
/// The processes of a thread whose method has been called and that have been neither started nor awaited: a forgotten <c>env.Process</c>,
/// which a run reports. The list begins anew with every environment.
/// </summary>
internal sealed class UnstartedProcesses
{
    private Process?[] list = new Process?[16];
    private int count;

    /// <summary>Of the thread that calls.</summary>
    public static UnstartedProcesses Here => PerThread<UnstartedProcesses>.Value ??= new();

    public void Add(Process process)
    {
        if (count == list.Length)
        {
            Array.Resize(ref list, 2 * count);
        }
        list[count++] = process;
    }

    public void Remove(Process process)
    {
        int place = count - 1;
        while (place >= 0 && list[place] != process)
        {
            place--;
        }
        if (place >= 0)
        {
            count--;
            Array.Copy(list, place + 1, list, place, count - place);
            list[count] = null;
        }
    }

    /// <summary>Empties the list and gives the oldest; null if there is none.</summary>
    public Process? TakeOldest()
    {
        if (count == 0)
        {
            return null;
        }
        Process? oldest = list[0];
        Array.Clear(list, 0, count);
        count = 0;
        return oldest;
    }
}
