using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>Run until a time, an event, a process, in pieces, and what is refused.</summary>
internal sealed class RunUntil : SimPyProgram
{
    protected override void Model()
    {
        Process<int> ticking = Env.Process(Clock(10, 10));
        Returned(RunTo(25));
        Refused<ArgumentOutOfRangeException>(() => RunTo(25), "until now");
        Refused<ArgumentOutOfRangeException>(() => RunTo(20), "until the past");

        Event<string> bell = Env.Event<string>();
        Env.Process(Trigger(bell, 18, "ding"));
        Returned(Env.Run(until: bell));
        Returned(Env.Run(until: bell));

        Returned(Env.Run(until: Timeout(14, "timeout")));
        try
        {
            Env.Run(until: Env.Process(Loses(8)));
        }
        catch (SimulationFailedException failure) when (failure.InnerException is LostException problem)
        {
            Log("main", "failed", problem.Message);
        }

        Returned(Env.Run(until: ticking));
        Returned(RunTo(115));
        Env.Run();
        Returned(null);
        Refused<InvalidOperationException>(() => Env.Run(until: Env.Event()), "until never");
        Returned(RunTo(130));
    }

    private object? RunTo(long time)
    {
        Env.Run(until: new Cortex.Policies.Instant(time));
        return null;
    }

    private async Process<int> Clock(long step, int laps)
    {
        for (int lap = 1; lap <= laps; lap++)
        {
            await Delay(step);
            Log("clock", "tick", lap);
        }
        return laps;
    }

    private async Process Loses(long delay)
    {
        await Delay(delay);
        throw new LostException("keys");
    }

    private async Process Trigger(Event<string> happening, long delay, string value)
    {
        await Delay(delay);
        happening.Succeed(value);
    }

    private void Returned(object? value) => Log("main", "returned", value ?? "nothing");

    private void Refused<TException>(Action action, string word)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException)
        {
            Log("main", "refused", word);
        }
    }

    private sealed class LostException(string message) : Exception(message);
}
