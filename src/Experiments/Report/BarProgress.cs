using Cortex.Experiments.Cells;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>A bar with the time left, for terminals.</summary>
internal sealed class BarProgress(IAnsiConsole console, ProgressContext context) : ISweepProgress
{
    private ProgressTask? bar;
    private int failed;

    /// <summary>Shows the bar while <paramref name="work"/> runs.</summary>
    public static T Show<T>(IAnsiConsole console, Func<ISweepProgress, T> work) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
        .Start(context => work(new BarProgress(console, context)));

    public void Noted(string note) => console.WriteLine(note);

    public void Started(int toRun, int reused) =>
        bar = context.AddTask(reused > 0 ? $"{toRun} cells, {reused} found finished" : $"{toRun} cells", maxValue: Math.Max(1, toRun));

    public void Ended(CellOutcome outcome)
    {
        failed += outcome.Failure is null ? 0 : 1;
        bar!.Increment(1);
        if (failed > 0)
        {
            bar.Description = $"{bar.MaxValue} cells, {failed} failed";
        }
    }
}
