using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Processes that sleep.</summary>
internal sealed class Timeouts : SimPyProgram
{
    protected override void Model()
    {
        foreach (var start in Given["start"].EnumerateObject())
        {
            Env.Process(Walker(start.Name, start.Value.GetInt64()));
        }
        try
        {
            Timeout(-1);
        }
        catch (ArgumentOutOfRangeException)
        {
            Log("main", "refused", "negative delay");
        }
        Env.Run();
        Log("main", "finished");
    }

    private async Process Walker(string name, long start)
    {
        await Delay(start);
        Log(name, "start");
        for (int lap = 0; lap < Given.Count("laps"); lap++)
        {
            long delay = Given.Draw(name);
            string label = await Timeout(delay, $"lap{lap}");
            Log(name, label, delay);
        }
        long rested = await Nap(name, Given.Number("nap"));
        Log(name, "end", rested);
    }

    /// <summary>A part of a process: runs inside its caller, which waits for it.</summary>
    private async Process<long> Nap(string name, long delay)
    {
        Log(name, "nap");
        await Delay(0);
        await Delay(delay);
        return delay;
    }
}
