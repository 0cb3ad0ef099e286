using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Customers who leave the line when their patience ends.</summary>
internal sealed class BankReneging : SimPyProgram
{
    private TimeSeriesMonitor line = null!;
    private long served, reneged, waited;

    protected override void Model()
    {
        Resource counter = new(Env, Given.Count("clerks"));
        line = Level();
        Env.Process(Arrivals(counter));
        Env.Run();
        Log("total", "served", served);
        Log("total", "reneged", reneged);
        Log("total", "waited by served", waited);
        Log("total", "customer-time in line", line.Area);
    }

    private async Process Customer(string name, Resource counter)
    {
        long patience = Given.Draw("patience"), service = Given.Draw("service");
        long arrived = Now;
        Log(name, "arrives", counter.Queue.Count);
        ConditionValue result;
        Request request;
        using (request = counter.Request())
        {
            line.Increase();
            result = await (request | Timeout(patience));
            line.Decrease();
            if (result.Contains(request))
            {
                Log(name, "served", Now - arrived);
                waited += Now - arrived;
                await Delay(service);
                served++;
            }
            else
            {
                reneged++;
            }
        }
        Log(name, result.Contains(request) ? "leaves" : "reneges", Now - arrived);
    }

    private async Process Arrivals(Resource counter)
    {
        for (int number = 0; number < Given.Count("customers"); number++)
        {
            await Delay(Given.Draw("between"));
            Env.Start(Customer($"c{number}", counter));
        }
    }
}
