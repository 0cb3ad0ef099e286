using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>A station with pumps and one tank; when the tank is low a truck is called, and cars may wait for fuel.</summary>
internal sealed class GasStation : SimPyProgram
{
    private Resource pumps = null!;
    private Container tank = null!;
    private bool called;

    protected override void Model()
    {
        pumps = new(Env, Given.Count("pumps"));
        tank = new(Env, Given.Number("tank"), Given.Number("initial"));
        Env.Process(Arrivals());
        Env.Run();
        Log("tank", "level", tank.Level);
    }

    private async Process Car(string name)
    {
        long litres = Given.Draw("litres"), filling = Given.Draw("filling");
        Log(name, "arrives", litres);
        using (Request request = pumps.Request())
        {
            await request;
            Log(name, "at pump");
            if (tank.Level - litres < Given.Number("low") && !called)
            {
                called = true;
                Env.Start(Truck());
            }
            await tank.Get(litres);
            Log(name, "fills");
            await Delay(filling);
        }
        Log(name, "leaves");
    }

    private async Process Truck()
    {
        Log("truck", "called");
        await Delay(Given.Draw("truck"));
        Log("truck", "arrives", $"tank={tank.Level}");
        for (int load = 0; load < Given.Count("loads"); load++)
        {
            await Delay(Given.Number("time_per_load"));
            long asked = Now;
            await tank.Put(Given.Number("load"));
            Log("truck", "unloaded", $"blocked={Now - asked}");
        }
        called = false;
        Log("truck", "leaves");
    }

    private async Process Arrivals()
    {
        for (int number = 0; number < Given.Count("cars"); number++)
        {
            await Delay(Given.Draw("between"));
            Env.Start(Car($"car{number}"));
        }
    }
}
