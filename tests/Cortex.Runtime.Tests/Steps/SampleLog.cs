using Cortex.Runtime.Engines;

namespace Cortex.Runtime.Tests.Steps;

/// <summary>An engine that computes, and a note of what each call sampled behind which of its tokens.</summary>
internal sealed class SampleLog(IEngine engine) : IEngine
{
    /// <summary>By call: tokens sampled, by the position that they were sampled behind.</summary>
    public Dictionary<int, SortedDictionary<int, int>> Sampled { get; } = [];

    public int BlockSize => engine.BlockSize;

    public int BlocksIn(KvTier tier) => engine.BlocksIn(tier);

    public void Run(StepBatch batch, Span<int> sampled)
    {
        engine.Run(batch, sampled);
        int next = 0;
        foreach (BatchRow row in batch.Rows.Where(row => row.Yields))
        {
            if (!Sampled.TryGetValue(row.Sequence, out SortedDictionary<int, int>? tokens))
            {
                Sampled.Add(row.Sequence, tokens = []);
            }
            tokens.Add(row.Start + row.Tokens - 1, sampled[next++]);
        }
    }

    public void CopyBlocks(ReadOnlySpan<BlockCopy> copies) => engine.CopyBlocks(copies);

    public void Forget(int sequence) => engine.Forget(sequence);

    public void Dispose() => engine.Dispose();
}
