using Cortex.Experiments.Cells;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>A bar with the time left and the best cell so far, for terminals.</summary>
internal sealed class BarProgress(IAnsiConsole console, ProgressContext context, IReadOnlyList<string> axes) : ISweepProgress
{
    private ProgressTask? bar;
    private readonly BestSoFar best = new();
    private string record = "";
    private int failed;

    /// <summary>Shows the bar while <paramref name="work"/> runs.</summary>
    public static T Show<T>(IAnsiConsole console, IReadOnlyList<string> axes, Func<ISweepProgress, T> work) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
        .Start(context => work(new BarProgress(console, context, axes)));

    public void Noted(string note) => console.WriteLine(note);

    public void Started(int toRun, int reused) =>
        bar = context.AddTask(reused > 0 ? $"{toRun} cells, {reused} found finished" : $"{toRun} cells", maxValue: Math.Max(1, toRun));

    public void Ended(CellOutcome outcome)
    {
        failed += outcome.Failure is null ? 0 : 1;
        bar!.Increment(1);
        if (best.Look(outcome) is { } goodput)
        {
            record = $"; best so far {outcome.Planned.Describe(axes)}: {goodput}";
        }
        bar.Description = Markup.Escape($"{bar.MaxValue} cells{(failed > 0 ? $", {failed} failed" : "")}{record}");
    }
}
