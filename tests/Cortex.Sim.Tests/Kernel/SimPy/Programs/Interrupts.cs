using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Interrupts at instants of their own.</summary>
internal sealed class Interrupts : SimPyProgram
{
    protected override void Model()
    {
        Resource desk = new(Env, capacity: 1);
        Dictionary<string, Process> victims = new()
        {
            ["sleeper"] = Env.Process(Sleeper()),
            ["stubborn"] = Env.Process(Stubborn()),
            ["fragile"] = Env.Process(Fragile()),
        };
        Env.Process(Mourner(victims["fragile"]));
        foreach (var user in Given["users"].EnumerateArray())
        {
            string name = user[0].GetString()!;
            victims[name] = Env.Process(User(name, user[1].GetInt64(), user[2].GetInt64(), desk));
        }
        Env.Process(Looks(desk));
        Env.Process(Troublemaker(victims));
        Env.Run();
        Log("main", "finished");
    }

    /// <summary>Sleeps 100 in all, whatever comes between.</summary>
    private async Process Sleeper()
    {
        long left = 100;
        while (left > 0)
        {
            long since = Now;
            Wake wake = await Delay(left).OrInterrupt();
            left = wake.Interrupted ? left - (Now - since) : 0;
            if (wake.Interrupted)
            {
                Log("sleeper", "interrupted", $"{wake.Cause} left={left}");
            }
        }
        Log("sleeper", "rested");
    }

    /// <summary>Keeps waiting for the same event.</summary>
    private async Process Stubborn()
    {
        Event<string> alarm = Timeout(90, "alarm");
        while (true)
        {
            Wake<string> wake = await alarm.OrInterrupt();
            if (!wake.Interrupted)
            {
                Log("stubborn", "woke", wake.Value);
                return;
            }
            Log("stubborn", "interrupted", wake.Cause);
        }
    }

    /// <summary>Does not expect interrupts: dies of one, and who waits for it is told.</summary>
    private async Process Fragile()
    {
        await Delay(100);
        Log("fragile", "not reached");
    }

    private async Process Mourner(Process process)
    {
        try
        {
            await process;
        }
        catch (InterruptException interrupt)
        {
            Log("mourner", "told", interrupt.Cause);
        }
    }

    private async Process User(string name, long start, long use, Resource desk)
    {
        await Delay(start);
        try
        {
            using (Request request = desk.Request())
            {
                Log(name, "asks", $"in line={desk.Queue.Count}");
                await request;
                Log(name, "holds");
                await Delay(use);
            }
            Log(name, "left");
        }
        catch (InterruptException interrupt)
        {
            Log(name, "interrupted", interrupt.Cause);
        }
    }

    private async Process Looks(Resource desk)
    {
        foreach (var delay in Given["looks"].EnumerateArray())
        {
            await Delay(delay.GetInt64());
            Log("looks", "desk", $"users={desk.Count} in line={desk.Queue.Count}");
        }
    }

    private async Process Troublemaker(Dictionary<string, Process> victims)
    {
        foreach (var step in Given["plan"].EnumerateArray())
        {
            await Delay(step[0].GetInt64());
            string name = step[1].GetString()!;
            Log("troublemaker", "interrupts", name);
            Attempt(victims[name], $"at{Now}", "process has ended");
        }
        Attempt(Env.ActiveProcess!, null, "cannot interrupt itself");
    }

    private void Attempt(Process victim, string? cause, string words)
    {
        try
        {
            victim.Interrupt(cause);
        }
        catch (InvalidOperationException)
        {
            Log("troublemaker", "error", words);
        }
    }
}
