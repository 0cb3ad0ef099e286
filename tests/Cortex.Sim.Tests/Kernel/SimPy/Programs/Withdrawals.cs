using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Interrupts of processes that wait at a store, a container or in a priority line: they withdraw, or stay in line.</summary>
internal sealed class Withdrawals : SimPyProgram
{
    protected override void Model()
    {
        Store<string> store = new(Env, capacity: 1);
        Container tank = new(Env, capacity: 10, init: 4);
        PriorityResource desk = new(Env, capacity: 1);
        HashSet<string> stays = [.. Given["stays"].EnumerateArray().Select(name => name.GetString()!)];
        Dictionary<string, Process> processes = [];
        foreach (var request in Given["requests"].EnumerateObject())
        {
            var argument = request.Value[2];
            Func<Event> ask = request.Value[1].GetString() switch
            {
                "get" => store.Get,
                "put" => () => store.Put(argument.GetString()!),
                "take" => () => tank.Get(argument.GetDouble()),
                "fill" => () => tank.Put(argument.GetDouble()),
                _ => () => desk.Request(priority: argument.GetInt32()),
            };
            processes[request.Name] = Env.Process(
                Asks(request.Name, request.Value[0].GetInt64(), ask, request.Value[3].GetInt64(), stays.Contains(request.Name)));
        }
        Env.Process(Interrupter(processes));
        Env.Run();
        Log("store", "left", store.Count);
        Log("tank", "level", tank.Level);
    }

    /// <summary>Leaving the block withdraws what was not granted, and gives a slot back.</summary>
    private async Process Asks(string name, long start, Func<Event> ask, long use, bool stays)
    {
        await Delay(start);
        try
        {
            Event request = ask();
            using (request as IDisposable)
            {
                Log(name, "asks");
                try
                {
                    await request;
                }
                catch (InterruptException interrupt) when (stays)
                {
                    Log(name, "stays", interrupt.Cause);
                    await request;
                }
                Log(name, "granted", request.Value);
                await Delay(use);
            }
        }
        catch (InterruptException interrupt)
        {
            Log(name, "interrupted", interrupt.Cause);
        }
    }

    private async Process Interrupter(Dictionary<string, Process> processes)
    {
        foreach (var step in Given["plan"].EnumerateArray())
        {
            await Delay(step[0].GetInt64() - Now);
            string name = step[1].GetString()!;
            processes[name].Interrupt($"call for {name}");
        }
    }
}
