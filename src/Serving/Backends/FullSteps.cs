namespace Cortex.Serving;

/// <summary>One sequence in a step.</summary>
/// <param name="Sequence">Whose row.</param>
/// <param name="Start">Tokens that had KV before the step.</param>
/// <param name="Tokens">Tokens computed, at least 1.</param>
/// <param name="Yields">Whether the step gives it a token.</param>
public readonly record struct FullRow(Sequence Sequence, int Start, int Tokens, bool Yields);

/// <summary>
/// The steps of one engine in full, for backends that compute them: a plan lists only what changed, here the steady decodes are put back. First the
/// steady in the order in which they became so, then the plan's rows in theirs.
/// </summary>
public sealed class FullSteps
{
    private readonly List<Sequence> steady = [];

    /// <summary>Every row of a step. To be asked of each plan once, in order, before the core does anything else.</summary>
    /// <param name="plan">A plan that has just been formed; not a run of repeated steps.</param>
    /// <param name="rows">Is cleared and filled.</param>
    public void Expand(StepPlan plan, List<FullRow> rows)
    {
        rows.Clear();
        foreach (Sequence left in plan.Left)
        {
            steady.Remove(left);
        }
        foreach (Sequence sequence in steady)
        {
            // Its counters include this step already.
            rows.Add(new(sequence, sequence.Computed - 1, Tokens: 1, Yields: true));
        }
        foreach (StepRow row in plan.Rows)
        {
            rows.Add(new(row.Sequence, row.Computed, row.Tokens, row.Yields));
        }
        steady.AddRange(plan.Joined);
    }

    /// <summary>The call has ended: it has no part in the steps to come.</summary>
    public void Leave(int tag) => steady.RemoveAll(sequence => sequence.Request.Tag == tag);
}
