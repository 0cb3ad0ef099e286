using Cortex.Policies;
using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy;

/// <summary>A port of one of SimPy's programs, which logs what the original logs.</summary>
internal abstract class SimPyProgram
{
    protected SimEnvironment Env { get; } = new();

    protected Given Given { get; private set; } = null!;

    public List<string> Rows { get; } = [];

    public void Run(Given given)
    {
        Given = given;
        Model();
    }

    protected abstract void Model();

    protected long Now => Env.Now.Ns;

    protected void Log(string actor, string what, object? value = null) =>
        Rows.Add(FormattableString.Invariant($"{Now},{actor},{what},{value}"));

    protected Delay Delay(long nanoseconds) => Env.Delay(new Duration(nanoseconds));

    protected TimeoutEvent Timeout(long nanoseconds) => Env.Timeout(new Duration(nanoseconds));

    protected TimeoutEvent<string> Timeout(long nanoseconds, string value) => Env.Timeout(new Duration(nanoseconds), value);

    protected TimeSeriesMonitor Level() => new(Env);
}
