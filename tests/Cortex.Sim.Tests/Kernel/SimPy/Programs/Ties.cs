using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>The order of things at one instant, one case per 100.</summary>
internal sealed class Ties : SimPyProgram
{
    protected override void Model()
    {
        foreach (var name in Given["names"].EnumerateArray())
        {
            Env.Process(Sleeper(name.GetString()!, 100));
        }
        Env.Process(Sleeper("parent", 200, () => Env.Process(Child("child"))));
        Env.Process(Sleeper("sibling", 200));
        Env.Process(LatePlanner("late"));
        Env.Process(Sleeper("early", 300));
        Event<string> bell = Env.Event<string>();
        Env.Process(Waiter("first", bell));
        Env.Process(Waiter("second", bell));
        Env.Process(Sleeper("ringer", 400, () => bell.Succeed("ding")));
        Env.Process(Sleeper("bystander", 400));
        Process<string> worker = Env.Process(ShortLived());
        Env.Process(Boss("boss", worker));
        Env.Process(Sleeper("passer-by", 500));
        Resource desk = new(Env, capacity: 1);
        Env.Process(Holder("owner", desk, [550], 600));
        Env.Process(Holder("in line", desk, [560], 620));
        Env.Process(Holder("newcomer", desk, [570, 30], 640));
        Env.Process(Both());
        Env.Process(Sleeper("at bound", 800));
        Env.Run(until: new Cortex.Policies.Instant(800));
        Log("main", "stopped");
        Env.Run();
        Log("main", "finished");
    }

    private async Process Sleeper(string name, long at, Action? then = null)
    {
        await Delay(at - Now);
        Log(name, "awake");
        then?.Invoke();
    }

    private async Process Waiter(string name, Event<string> happening) => Log(name, "got", await happening);

    private async Process Boss(string name, Process<string> worker) => Log(name, "got", await worker);

    private async Process Child(string name)
    {
        Log(name, "started");
        await Delay(0);
        Log(name, "after zero delay");
    }

    private async Process LatePlanner(string name)
    {
        await Delay(250);
        await Delay(50);
        Log(name, "awake");
    }

    private async Process<string> ShortLived()
    {
        await Delay(500);
        Log("short", "ends");
        return "result";
    }

    private async Process Holder(string name, Resource desk, long[] steps, long until)
    {
        foreach (long step in steps)
        {
            await Delay(step);
        }
        using (Request request = desk.Request())
        {
            Log(name, "asks");
            await request;
            Log(name, "holds");
            await Delay(until - Now);
        }
        Log(name, "left");
    }

    private async Process Both()
    {
        ConditionValue result = await Env.AnyOf(Timeout(700, "one"), Timeout(700, "two"));
        Log("both", "any of", string.Join(' ', result.Values));
    }
}
