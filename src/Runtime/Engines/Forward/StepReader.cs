using Cortex.Runtime.Engines;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>Checks a <see cref="StepBatch"/> against the pool and writes it out token by token.</summary>
/// <param name="blockSize">Tokens in a block.</param>
/// <param name="blocks">Blocks in the pool.</param>
/// <param name="vocabulary">Token ids are below.</param>
internal sealed class StepReader(int blockSize, int blocks, int vocabulary)
{
    private readonly Dictionary<int, int> lastSampled = [];

    /// <summary>What the sequence sampled, for placeholders to come.</summary>
    public void Remember(int sequence, int token) => lastSampled[sequence] = token;

    public void Forget(int sequence) => lastSampled.Remove(sequence);

    /// <param name="batch">The step.</param>
    /// <param name="into">Everything but the attention work is written.</param>
    /// <param name="allOutputs">Logits behind every token, not only where a row yields.</param>
    /// <exception cref="ArgumentException">See <see cref="IEngine.Run"/>.</exception>
    public void Read(StepBatch batch, StepInputs into, bool allOutputs)
    {
        into.Clear();
        int token = 0;
        int block = 0;
        foreach (BatchRow row in batch.Rows)
        {
            Check(row, batch, token, block);
            for (int i = 0; i < row.Tokens; i++)
            {
                int position = row.Start + i;
                into.Tokens.Add(Resolve(batch.TokenIds[token + i], row));
                into.Positions.Add(position);
                into.Slots.Add(batch.BlockIds[block + position / blockSize] * blockSize + position % blockSize);
                if (allOutputs || row.Yields && i == row.Tokens - 1)
                {
                    into.Outputs.Add(token + i);
                }
            }
            token += row.Tokens;
            block += row.Blocks;
        }
        if (token != batch.TokenIds.Count || block != batch.BlockIds.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Rows have {token} tokens and {block} blocks together, the step {batch.TokenIds.Count} and {batch.BlockIds.Count}."), nameof(batch));
        }
        into.Blocks.AddRange(batch.BlockIds);
    }

    private void Check(in BatchRow row, StepBatch batch, int token, int block)
    {
        if (row.Start < 0 || row.Tokens < 1 || row.Blocks < 0 || token + row.Tokens > batch.TokenIds.Count || block + row.Blocks > batch.BlockIds.Count)
        {
            throw Bad(row, FormattableString.Invariant($"start {row.Start}, {row.Tokens} tokens and {row.Blocks} blocks are not within the step"));
        }
        long capacity = (long)row.Blocks * blockSize;
        if ((long)row.Start + row.Tokens > capacity)
        {
            throw Bad(row, FormattableString.Invariant($"{row.Start} + {row.Tokens} tokens do not fit its {row.Blocks} blocks of {blockSize}"));
        }
        // Blocks beyond the last token are not used in this step: nobody looks at their numbers.
        int used = (row.Start + row.Tokens + blockSize - 1) / blockSize;
        for (int i = 0; i < used; i++)
        {
            int id = batch.BlockIds[block + i];
            if ((uint)id >= (uint)blocks)
            {
                throw Bad(row, FormattableString.Invariant($"block {id} is not one of the pool's {blocks}"));
            }
        }
    }

    private int Resolve(int id, in BatchRow row)
    {
        if (id == StepBatch.Placeholder)
        {
            return lastSampled.TryGetValue(row.Sequence, out int sampled)
                ? sampled
                : throw Bad(row, "a placeholder, but the sequence has sampled nothing");
        }
        return (uint)id < (uint)vocabulary
            ? id
            : throw Bad(row, FormattableString.Invariant($"token {id} is not in the vocabulary of {vocabulary}"));
    }

    private static ArgumentException Bad(in BatchRow row, string what) =>
        new(FormattableString.Invariant($"Sequence {row.Sequence}: {what}."), "batch");
}
