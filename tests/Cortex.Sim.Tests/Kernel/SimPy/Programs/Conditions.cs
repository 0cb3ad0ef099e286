using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>AllOf and AnyOf: what they hold and when they happen.</summary>
internal sealed class Conditions : SimPyProgram
{
    protected override void Model()
    {
        Check("all", Env.AllOf(At(15), At(9)));
        Check("any", Env.AnyOf(At(40), At(11)));
        Check("three by &", At(21) & At(17) & At(19));
        Check("three by |", At(29) | At(23) | At(27));
        Check("(a & b) | c: c first", (At(5) & At(50)) | At(13));
        Check("(a & b) | c: a & b first", (At(6) & At(14)) | At(51));
        Check("(a | b) & c", (At(52) | At(7)) & At(16));
        Check("(a | b) & (c | d)", (At(8) | At(53)) & (At(25) | At(54)));
        Check("all of none", Env.AllOf());
        Check("any of none", Env.AnyOf());
        Check("all: one spoils", Env.AllOf(At(56), Env.Process(Spoils(31, "milk"))));
        Check("any: one spoils", Env.AnyOf(At(57), Env.Process(Spoils(32, "fish"))));
        Check("nested: one spoils", Env.AnyOf(At(58), At(59) & Env.Process(Spoils(34, "egg"))));
        Check("processes", Env.AllOf(Env.Process(Returns(37, "slow")), Env.Process(Returns(36, "quick"))));
        Env.Process(LaterCases());
        Env.Process(Loser());
        Env.Run();
        Log("main", "finished");
    }

    private void Check(string name, Condition condition) => Env.Process(Case(name, condition));

    private TimeoutEvent<string> At(long time) => Timeout(time - Now, $"t{time}");

    private async Process Spoils(long delay, string word)
    {
        await Delay(delay);
        throw new SpoiledException(word);
    }

    private async Process<string> Returns(long delay, string word)
    {
        await Delay(delay);
        return word;
    }

    private async Process Case(string name, Condition condition)
    {
        try
        {
            ConditionValue result = await condition;
            Log(name, "holds", result.Count == 0 ? "nothing" : string.Join(' ', result.Values));
        }
        catch (SpoiledException problem)
        {
            Log(name, "failed", problem.Message);
        }
    }

    /// <summary>Conditions over events that have already happened.</summary>
    private async Process LaterCases()
    {
        Event<string> past = At(61);
        await past;
        await Env.Process(Case("any: one is past", Env.AnyOf(At(90), past)));
        await Env.Process(Case("all: one is past", Env.AllOf(past, At(71))));
        await Env.Process(Case("all are past", Env.AllOf(past)));
    }

    /// <summary>What loses an AnyOf still happens, and can be waited for again.</summary>
    private async Process Loser()
    {
        Event<string> fast = At(33), slow = At(83);
        ConditionValue result = await (fast | slow);
        Log("loser", "first", result.Contains(fast) && !result.Contains(slow) ? "fast only" : "?");
        Log("loser", "then", await slow);
    }

    private sealed class SpoiledException(string message) : Exception(message);
}
