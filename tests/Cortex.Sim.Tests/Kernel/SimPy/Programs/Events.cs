using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Events triggered by other processes.</summary>
internal sealed class Events : SimPyProgram
{
    protected override void Model()
    {
        Event<string> gate = Env.Event<string>(), door = Env.Event<string>(), alarm = Env.Event<string>();
        gate.AddCallback(happened => Log("callback", "gate", happened.Value));
        Env.Process(Listener("first", 10, gate));
        Env.Process(Listener("second", 20, gate));
        Env.Process(Listener("third", 70, gate));
        Env.Process(Listener("visitor", 30, door));
        Env.Process(Listener("late visitor", 80, door));
        Env.Process(Opener(gate, door, alarm));
        try
        {
            Env.Run();
        }
        catch (SimulationFailedException failure) when (failure.InnerException is RefusedException problem)
        {
            Log("main", "run failed", problem.Message);
        }
    }

    private static string State(Event happening) => happening.IsProcessed ? "processed" : happening.IsTriggered ? "triggered" : "pending";

    private async Process Listener(string name, long start, Event<string> happening)
    {
        await Delay(start);
        Log(name, "listens", State(happening));
        try
        {
            Log(name, "heard", await happening);
        }
        catch (RefusedException problem)
        {
            Log(name, "refused", problem.Message);
        }
    }

    private void Attempt(string name, Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException)
        {
            Log(name, "error", "already triggered");
        }
    }

    private async Process Opener(Event<string> gate, Event<string> door, Event<string> alarm)
    {
        await Delay(50);
        Log("opener", "gate", State(gate));
        gate.Succeed("open");
        Log("opener", "gate", State(gate));
        Attempt("opener", () => gate.Succeed("again"));
        Attempt("opener", () => gate.Fail(new RefusedException("again")));
        await Delay(10);
        Log("opener", "gate", State(gate));
        Attempt("opener", () => gate.Succeed("again"));
        door.Fail(new RefusedException("locked"));
        await Delay(30);
        Log("opener", "alarm");
        alarm.Fail(new RefusedException("nobody home"));
    }

    private sealed class RefusedException(string message) : Exception(message);
}
