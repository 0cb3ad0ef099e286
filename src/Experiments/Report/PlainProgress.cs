using Cortex.Experiments.Cells;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>A line a cell, for logs.</summary>
internal sealed class PlainProgress(IAnsiConsole console, IReadOnlyList<string> axes) : ISweepProgress
{
    private readonly BestSoFar best = new();
    private int total;
    private int ended;

    public void Noted(string note) => console.WriteLine(note);

    public void Started(int toRun, int reused)
    {
        total = toRun;
        console.WriteLine($"{toRun} cells to run, {reused} found finished");
    }

    public void Ended(CellOutcome outcome)
    {
        ended++;
        string state = outcome.Failure is { } failure ? $"failed: {failure}" : "finished" + (SpeedText.Of([outcome]) is { } speed ? $", {speed}" : "");
        string record = best.Look(outcome) is { } goodput ? $"; best so far: {goodput}" : "";
        console.WriteLine($"[{ended}/{total}] {outcome.Planned.Describe(axes)}: {state}{record}");
    }
}
