using System.Runtime.InteropServices;
using Cortex.Policies;
using Cortex.Serving.Parity;

namespace Cortex.Runtime.Engines;

/// <summary>
/// An engine with a model: it computes what is planned, over the block ids of its core. What is sampled stays in the engine: the next step is fed with
/// the token that the trace has there, so that the KV of a call's output holds what later prompts name, and the trace's length ends the call.
/// </summary>
/// <param name="engine">Computes; not disposed of.</param>
/// <param name="tokens">Names the tokens.</param>
public sealed class ModelEngine(IEngine engine, StreamTokens tokens) : LiveEngine
{
    private readonly BatchWriter writer = new(tokens);
    private int[] sampled = [];

    internal override void Prepare(StepWork work) => writer.Write(work.Plan, work.Batch);

    internal override void Leave(int tag) => writer.Leave(tag);

    internal override bool Run(StepWork work, Instant begin, LiveClock clock, CancellationToken cancellation)
    {
        foreach (int tag in work.Gone)
        {
            engine.Forget(tag);
        }
        int yields = 0;
        foreach (BatchRow row in work.Batch.Rows)
        {
            yields += row.Yields ? 1 : 0;
        }
        if (sampled.Length < yields)
        {
            sampled = new int[2 * yields];
        }
        engine.Run(work.Batch, sampled.AsSpan(0, yields));
        work.Executed = ContentOf(work.Batch);
        return true;
    }

    private static ulong ContentOf(StepBatch batch)
    {
        ReadOnlySpan<int> blocks = CollectionsMarshal.AsSpan(batch.BlockIds);
        ulong mix = StepContent.Empty;
        foreach (BatchRow row in batch.Rows)
        {
            mix = StepContent.Add(mix, row.Sequence, row.Start, row.Tokens, row.Yields, blocks[..row.Blocks]);
            blocks = blocks[row.Blocks..];
        }
        return mix;
    }
}
