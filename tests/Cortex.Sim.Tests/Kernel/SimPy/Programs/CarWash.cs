using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>A wash with few bays and little room to wait; monitors read every hour.</summary>
internal sealed class CarWash : SimPyProgram
{
    private TimeSeriesMonitor line = null!, busy = null!;
    private long passed, washed;

    protected override void Model()
    {
        Resource wash = new(Env, Given.Count("bays"));
        (line, busy) = (Level(), Level());
        Env.Process(Arrivals(wash));
        Env.Process(Readings());
        Env.Run();
        Log("total", "washed", washed);
        Log("total", "passed", passed);
        Log("total", "line area", line.Area);
        Log("total", "busy area", busy.Area);
    }

    private async Process Car(string name, Resource wash)
    {
        int program = (int)Given.Draw("program");
        long drying = Given.Draw("drying");
        if (wash.Queue.Count >= Given.Count("room"))
        {
            passed++;
            Log(name, "drives past");
            return;
        }
        line.Increase();
        using (Request request = wash.Request())
        {
            await request;
            line.Decrease();
            busy.Increase();
            Log(name, "washes", Given["programs"][program][0]);
            await Delay(Given["programs"][program][1].GetInt64());
            busy.Decrease();
        }
        await Delay(drying);
        washed++;
        Log(name, "dry");
    }

    private async Process Arrivals(Resource wash)
    {
        for (int number = 0; number < Given.Count("cars"); number++)
        {
            await Delay(Given.Draw("between"));
            Env.Start(Car($"car{number}", wash));
        }
    }

    /// <summary>Reads what has been summed up since the start.</summary>
    private async Process Readings()
    {
        for (int hour = 1; hour <= Given.Count("hours"); hour++)
        {
            await Delay(Given.Number("hour"));
            Log("reading", "line", $"now={line.Level} area={line.Area}");
            Log("reading", "busy", $"now={busy.Level} area={busy.Area}");
            Log("reading", "cars", $"washed={washed} passed={passed}");
        }
    }
}
