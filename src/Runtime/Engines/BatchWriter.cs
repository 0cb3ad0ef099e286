using System.Runtime.InteropServices;
using Cortex.Serving;

namespace Cortex.Runtime.Engines;

/// <summary>Writes the steps of one engine in full, from the plans of its core. On the core's thread, when a step is commanded.</summary>
/// <param name="tokens">Names the tokens.</param>
public sealed class BatchWriter(StreamTokens tokens)
{
    private readonly FullSteps steps = new();
    private readonly List<FullRow> rows = [];

    /// <summary>The step of a plan that has just been formed.</summary>
    /// <param name="plan">Each plan once, in order.</param>
    /// <param name="batch">Is cleared and filled.</param>
    public void Write(StepPlan plan, StepBatch batch)
    {
        batch.Clear();
        steps.Expand(plan, rows);
        foreach (FullRow row in rows)
        {
            Sequence sequence = row.Sequence;
            tokens.AddTo(batch.TokenIds, sequence.Request, row.Start, row.Tokens);
            int blocks = sequence.BlockCount;
            int first = batch.BlockIds.Count;
            CollectionsMarshal.SetCount(batch.BlockIds, first + blocks);
            sequence.CopyBlockTable(CollectionsMarshal.AsSpan(batch.BlockIds)[first..]);
            batch.Rows.Add(new(sequence.Request.Tag, row.Start, row.Tokens, blocks, row.Yields));
        }
    }

    /// <summary>The call has ended.</summary>
    public void Leave(int tag) => steps.Leave(tag);
}
