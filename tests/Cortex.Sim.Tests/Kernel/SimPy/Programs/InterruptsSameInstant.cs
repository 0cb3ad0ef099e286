using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Interrupts that meet other things at the same instant.</summary>
internal sealed class InterruptsSameInstant : SimPyProgram
{
    protected override void Model()
    {
        Process a = Env.Process(Sleeper("a", 50, 50));
        Env.Process(Hit(100, (a, "just before")));
        Process b = Env.Process(Sleeper("b", 0, 200, again: 30));
        Env.Process(HitLater(150, 50, b, "just after"));
        Process c = Env.Process(Sleeper("c", 0, 300));
        Env.Process(HitLater(250, 50, c, "too late"));
        Process d = Env.Process(Sleeper("d", 0, 450, again: 60));
        Env.Process(Hit(400, (d, "one"), (d, "two")));
        Process<string> e = Env.Process(Sleeper("e", 0, 550));
        Env.Process(Watcher("watcher", e));
        Env.Process(Hit(500, (e, "one"), (e, "two"), (e, "three")));
        Env.Process(Birth(600));
        Event<string> bell = Env.Event<string>();
        Process g = Env.Process(Patient("g", bell));
        Env.Process(RingAndHit(700, bell, g));
        Process h = Env.Process(Sleeper("h", 0, 850));
        Process i = Env.Process(Sleeper("i", 0, 850));
        Env.Process(Hit(800, (i, "first call"), (h, "second call")));
        Env.Process(Sleeper("bystander", 0, 800));
        Env.Run();
        Log("main", "finished");
    }

    /// <summary>Sleeps once; handles any number of interrupts by sleeping <paramref name="again"/>, or by ending.</summary>
    private async Process<string> Sleeper(string name, long start, long delay, long again = 0)
    {
        await Delay(start);
        while (true)
        {
            Wake wake = await Timeout(delay).OrInterrupt(); // Not Delay: SimPy's timeouts live on when a wait is interrupted.
            if (wake.Interrupted)
            {
                Log(name, "interrupted", wake.Cause);
            }
            else
            {
                Log(name, "rested");
            }
            if (again == 0)
            {
                return wake.Interrupted ? "disturbed" : "rested";
            }
            (delay, again) = (again, 0);
        }
    }

    private async Process Patient(string name, Event<string> happening)
    {
        while (true)
        {
            try
            {
                Log(name, "got", await happening);
                return;
            }
            catch (InterruptException interrupt)
            {
                Log(name, "interrupted", interrupt.Cause);
            }
        }
    }

    private async Process Newborn(string name)
    {
        Log(name, "started");
        if (await Delay(50).OrInterrupt() is { Interrupted: true } wake)
        {
            Log(name, "interrupted", wake.Cause);
        }
    }

    private async Process Watcher(string name, Process<string> process) => Log(name, "saw", await process);

    /// <summary>At one instant, interrupts each in order.</summary>
    private async Process Hit(long at, params (Process Process, string Cause)[] strokes)
    {
        await Delay(at);
        foreach ((Process process, string cause) in strokes)
        {
            try
            {
                process.Interrupt(cause);
            }
            catch (InvalidOperationException)
            {
                Log("hit", "error", $"{cause}: process has ended");
            }
        }
    }

    private async Process HitLater(long first, long second, Process process, string cause)
    {
        await Delay(first);
        await Env.Process(Hit(second, (process, cause)));
    }

    private async Process Birth(long at)
    {
        await Delay(at);
        Env.Process(Newborn("newborn")).Interrupt("at birth");
    }

    private async Process RingAndHit(long at, Event<string> bell, Process process)
    {
        await Delay(at);
        bell.Succeed("ding");
        process.Interrupt("after the bell");
    }
}
