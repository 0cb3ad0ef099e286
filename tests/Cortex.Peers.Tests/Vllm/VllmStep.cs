using System.Text;

namespace Cortex.Peers.Tests.Vllm;

/// <summary>One line of decisions: a call of <c>schedule()</c> and the update that followed it.</summary>
/// <param name="Rows">Who runs, in order; null when nothing was scheduled in this step.</param>
/// <param name="Tokens">Σ of the rows' tokens.</param>
/// <param name="Context">Σ of computed + tokens.</param>
/// <param name="Evicted">Cached blocks that lost their key.</param>
/// <param name="Update">Null when no results were processed (asynchronous only).</param>
public sealed record VllmStep(
    int Number,
    IReadOnlyList<int> Arrived,
    IReadOnlyList<int> AbortedBeforeSchedule,
    IReadOnlyList<VllmRow>? Rows,
    IReadOnlyList<int> Preempted,
    int Tokens,
    long Context,
    int Evicted,
    VllmState AfterSchedule,
    VllmUpdate? Update)
{
    /// <summary>Every element of the line as a name and a text, block lists expanded: what two schedulers must agree on.</summary>
    public IEnumerable<(string Name, string Text)> Elements()
    {
        yield return ("step", $"{Number}");
        yield return ("arrived", Text(Arrived));
        yield return ("aborted before schedule", Text(AbortedBeforeSchedule));
        yield return ("preempted", Text(Preempted));
        yield return ("rows", Rows is null ? "null" : Text(Rows));
        yield return ("tokens, context, evicted", $"{Tokens}, {Context}, {Evicted}");
        yield return ("after schedule", $"{AfterSchedule}");
        yield return ("aborted before update", Update is null ? "none" : Text(Update.AbortedBefore));
        yield return ("updated step", Update is null ? "none" : $"{Update.Step}");
        yield return ("finished", Update is null ? "none" : Text(Update.Finished));
        yield return ("discarded", Update is null ? "none" : Text(Update.Discarded));
        yield return ("stale", Update is null ? "none" : Text(Update.Stale));
        yield return ("after update", Update is null ? "none" : $"{Update.After}");
    }

    private static string Text<T>(IReadOnlyList<T> items)
    {
        StringBuilder text = new("[");
        foreach (T item in items)
        {
            text.Append(text.Length > 1 ? " " : "").Append(item);
        }
        return text.Append(']').ToString();
    }
}

/// <summary>Results of one step, processed.</summary>
/// <param name="Step">The step whose results these are.</param>
/// <param name="Discarded">Scheduled in that step, but gone by now.</param>
/// <param name="Stale">Got a token although preempted since.</param>
public sealed record VllmUpdate(
    IReadOnlyList<int> AbortedBefore, int Step, IReadOnlyList<int> Finished, IReadOnlyList<int> Discarded, IReadOnlyList<int> Stale, VllmState After);

/// <summary>Counts after a part of a step.</summary>
/// <param name="Free">Blocks without an owner.</param>
/// <param name="Keys">Distinct keys in the prefix index.</param>
public readonly record struct VllmState(int Free, int Running, int Waiting, int Keys)
{
    public override string ToString() => $"{Free} free, {Running} running, {Waiting} waiting, {Keys} keys";
}
