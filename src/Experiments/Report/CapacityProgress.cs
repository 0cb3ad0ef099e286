using Cortex.Experiments.Cells;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>A line a round of a capacity search.</summary>
internal sealed class CapacityProgress(IAnsiConsole console) : ISweepProgress
{
    private readonly HashSet<string> noted = new(StringComparer.Ordinal);
    private int round;

    public void Noted(string note)
    {
        // Every round reads what its cells share, and finds the same.
        if (noted.Add(note))
        {
            console.WriteLine(note);
        }
    }

    public void Started(int toRun, int reused) => console.WriteLine($"round {++round}: {toRun} loads to try, {reused} found finished");

    public void Ended(CellOutcome outcome)
    {
    }
}
