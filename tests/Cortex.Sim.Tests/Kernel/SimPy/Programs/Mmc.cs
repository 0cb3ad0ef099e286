using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>M/M/c: one line, c servers; every wait, and the mean as an exact fraction.</summary>
internal sealed class Mmc : SimPyProgram
{
    private readonly List<long> waits = [];
    private TimeSeriesMonitor line = null!, busy = null!;

    protected override void Model()
    {
        (line, busy) = (Level(), Level());
        Resource servers = new(Env, Given.Count("servers"));
        Env.Process(Arrivals(servers));
        Env.Run();
        Log("total", "mean wait", $"{waits.Sum()}/{waits.Count}");
        Log("total", "longest wait", waits.Max());
        Log("total", "waited at all", waits.Count(wait => wait > 0));
        Log("total", "mean line", $"{line.Area}/{Now}");
        Log("total", "utilisation", $"{busy.Area}/{Now * Given.Number("servers")}");
    }

    private async Process Customer(string name, long service, Resource servers)
    {
        long arrived = Now;
        line.Increase();
        using (await servers.Acquire())
        {
            line.Decrease();
            busy.Increase();
            waits.Add(Now - arrived);
            Log(name, "starts", Now - arrived);
            await Delay(service);
            busy.Decrease();
        }
        Log(name, "leaves", Now - arrived);
    }

    private async Process Arrivals(Resource servers)
    {
        for (int number = 0; number < Given.Count("customers"); number++)
        {
            await Delay(Given.Draw("between"));
            Env.Start(Customer($"c{number}", Given.Draw("service"), servers));
        }
    }
}
