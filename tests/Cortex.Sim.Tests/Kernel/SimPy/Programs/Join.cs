using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>A process waits for another.</summary>
internal sealed class Join : SimPyProgram
{
    protected override void Model()
    {
        Process<string> good = Env.Process(Worker("good", Given.Draw("delay"), "42"));
        Env.Process(Waits("early", Given.Draw("start"), good));
        Env.Process(Waits("also early", Given.Draw("start"), good));
        Env.Process(Waits("late", Given.Draw("start"), good));

        Process<string> bad = Env.Process(Faulty("bad", Given.Draw("delay")));
        Env.Process(Waits("careful", Given.Draw("start"), bad));
        Env.Process(Waits("too late", Given.Draw("start"), bad));

        Process<string> deep = Env.Process(Faulty("deep", Given.Draw("delay")));
        Process<string> middle = Env.Process(PassesOn("middle", deep));
        Env.Process(Waits("outer", Given.Draw("start"), middle));

        Env.Process(Family());
        Env.Run();
        Log("main", "finished");
    }

    private async Process<T> Worker<T>(string name, long delay, T result)
    {
        await Delay(delay);
        Log(name, "done");
        return result;
    }

    private async Process<string> Faulty(string name, long delay)
    {
        await Delay(delay);
        Log(name, "breaks");
        throw new BrokenException(name);
    }

    private async Process Waits(string name, long start, Process<string> process)
    {
        await Delay(start);
        Log(name, "waits", process.IsAlive ? "alive" : "dead");
        try
        {
            Log(name, "got", await process);
        }
        catch (BrokenException problem)
        {
            Log(name, "caught", problem.Message);
        }
    }

    /// <summary>Does not catch: the failure of the process is its own.</summary>
    private async Process<string> PassesOn(string name, Process<string> process)
    {
        string value = await process;
        Log(name, "not reached", value);
        return value;
    }

    private async Process<long> Family()
    {
        long total = 0;
        for (int number = 0; number < 2; number++)
        {
            total += await Env.Process(Worker($"child{number}", Given.Draw("child"), number + 40L));
        }
        Log("family", "sum", total);
        return total;
    }

    private sealed class BrokenException(string message) : Exception(message);
}
