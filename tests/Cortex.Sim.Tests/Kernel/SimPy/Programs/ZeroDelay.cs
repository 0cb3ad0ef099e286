using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Very many things at one instant: zero delays, a baton passed around, processes that start processes.</summary>
internal sealed class ZeroDelay : SimPyProgram
{
    protected override void Model()
    {
        Event[] batons = [.. Enumerable.Range(0, Given.Count("runners")).Select(_ => Env.Event())];
        Env.Process(Spinner(Given.Count("spins")));
        for (int number = 0; number < batons.Length; number++)
        {
            Env.Process(Runner(number, batons, Given.Count("laps")));
        }
        Env.Process(Starter(batons));
        Env.Process(Nester(Given.Count("depth")));
        Env.Run();
        Log("main", "finished");
    }

    private async Process Spinner(int laps)
    {
        await Delay(10);
        for (int lap = 1; lap <= laps; lap++)
        {
            await Delay(0);
            if (lap % 5000 == 0)
            {
                Log("spinner", "lap", lap);
            }
        }
    }

    /// <summary>Waits for its baton, makes a new one for the next round, hands the next runner his.</summary>
    private async Process Runner(int number, Event[] batons, int laps)
    {
        for (int lap = 1; lap <= laps; lap++)
        {
            await batons[number];
            batons[number] = Env.Event();
            if (number == 0)
            {
                Log("runner", "lap", lap);
            }
            batons[(number + 1) % batons.Length].Succeed();
        }
    }

    private async Process Starter(Event[] batons)
    {
        await Delay(20);
        batons[0].Succeed();
    }

    /// <summary>Each process starts the next one and waits for it.</summary>
    private async Process<int> Nest(int depth) => depth == 0 ? 0 : await Env.Process(Nest(depth - 1)) + 1;

    private async Process Nester(int depth)
    {
        await Delay(30);
        Log("nester", "depth", await Env.Process(Nest(depth)));
    }
}
