using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Stations in a row with little room between: a finished part blocks its station until there is room.</summary>
internal sealed class TandemLine : SimPyProgram
{
    protected override void Model()
    {
        Store<int>[] rooms = [.. Given["rooms"].EnumerateArray().Select(room => new Store<int>(Env, room.GetInt32()))];
        Store<int> outlet = new(Env);
        TimeSeriesMonitor[] blocked = [.. rooms.Select(_ => Level())];
        Env.Process(Source(rooms[0]));
        for (int number = 0; number < rooms.Length; number++)
        {
            Env.Process(Station($"s{number}", rooms[number], number + 1 < rooms.Length ? rooms[number + 1] : outlet, blocked[number]));
        }
        Env.Run();
        for (int number = 0; number < rooms.Length; number++)
        {
            Log($"s{number}", "blocked", blocked[number].Area);
        }
        Log("outlet", "parts", outlet.Count);
        Log("outlet", "in order", outlet.Items.SequenceEqual(outlet.Items.Order()) ? "yes" : "no");
    }

    private async Process Source(Store<int> first)
    {
        for (int part = 0; part < Given.Count("parts"); part++)
        {
            await Delay(Given.Draw("between"));
            long offered = Now;
            await first.Put(part);
            if (Now > offered)
            {
                Log("source", "blocked", Now - offered);
            }
        }
        Log("source", "finished");
    }

    private async Process Station(string name, Store<int> before, Store<int> after, TimeSeriesMonitor blocked)
    {
        for (int i = 0; i < Given.Count("parts"); i++)
        {
            int part = await before.Get();
            Log(name, "starts", part);
            await Delay(Given.Draw(name));
            Log(name, "ends", part);
            blocked.Increase();
            await after.Put(part);
            blocked.Decrease();
        }
    }
}
