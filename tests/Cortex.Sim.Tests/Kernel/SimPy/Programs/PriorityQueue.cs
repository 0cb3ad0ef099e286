using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Jobs of three classes at a PriorityResource.</summary>
internal sealed class PriorityQueue : SimPyProgram
{
    protected override void Model()
    {
        PriorityResource servers = new(Env, Given.Count("servers"));
        List<long>[] waits = [.. Enumerable.Range(0, Given.Count("classes")).Select(_ => new List<long>())];
        Env.Process(Arrivals(servers, waits));
        Env.Run();
        for (int level = 0; level < waits.Length; level++)
        {
            Log($"class{level}", "waited", $"{waits[level].Sum()}/{waits[level].Count}");
        }
    }

    private async Process Job(string name, int level, long work, PriorityResource servers, List<long>[] waits)
    {
        long arrived = Now;
        using (Request request = servers.Request(priority: level))
        {
            Log(name, "asks", $"class={level}");
            await request;
            waits[level].Add(Now - arrived);
            Log(name, "starts", Now - arrived);
            await Delay(work);
        }
        Log(name, "ends");
    }

    private async Process Arrivals(PriorityResource servers, List<long>[] waits)
    {
        for (int number = 0; number < Given.Count("jobs"); number++)
        {
            await Delay(Given.Draw("between"));
            Env.Start(Job($"j{number}", (int)Given.Draw("class"), Given.Draw("work"), servers, waits));
        }
    }
}
