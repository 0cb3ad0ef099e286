using Cortex.Runtime.Engines;

namespace Cortex.Runtime.Tests.Steps;

/// <summary>
/// An engine that keeps what it is asked to do, and, in place of KV, which token at which position each slot of each block holds. It checks every row as
/// a real engine would depend on it: all that the row attends to is there, in the blocks of its table.
/// </summary>
internal sealed class RecordingEngine(int blockSize, int blocks) : IEngine
{
    private readonly (int Token, int Position)[] slots = new (int, int)[blockSize * blocks];
    private readonly Dictionary<int, List<int>> known = [];

    public List<RecordedRow[]> Steps { get; } = [];

    public List<int> Forgotten { get; } = [];

    public int BlockSize => blockSize;

    public int BlocksIn(KvTier tier) => tier == KvTier.Device ? blocks : 0;

    public void Run(StepBatch batch, Span<int> sampled)
    {
        RecordedRow[] rows = new RecordedRow[batch.Rows.Count];
        (int token, int block) = (0, 0);
        for (int i = 0; i < rows.Length; i++)
        {
            BatchRow row = batch.Rows[i];
            rows[i] = new(row.Sequence, row.Start, row.Yields, [.. batch.TokenIds.GetRange(token, row.Tokens)], [.. batch.BlockIds.GetRange(block, row.Blocks)]);
            token += row.Tokens;
            block += row.Blocks;
        }
        if (token != batch.TokenIds.Count || block != batch.BlockIds.Count || rows.Count(row => row.Yields) != sampled.Length)
        {
            throw new InvalidDataException("the batch holds more tokens, blocks or yields than its rows");
        }
        foreach (RecordedRow row in rows)
        {
            Write(row);
        }
        foreach (RecordedRow row in rows)
        {
            Check(row);
        }
        Steps.Add(rows);
        sampled.Clear();
    }

    public void CopyBlocks(ReadOnlySpan<BlockCopy> copies) => throw new NotSupportedException();

    public void Forget(int sequence)
    {
        Forgotten.Add(sequence);
        known.Remove(sequence);
    }

    public void Dispose()
    {
    }

    private void Write(RecordedRow row)
    {
        for (int i = 0; i < row.Tokens.Length; i++)
        {
            slots[Slot(row, row.Start + i)] = (row.Tokens[i], row.Start + i);
        }
    }

    private void Check(RecordedRow row)
    {
        // What the sequence computed itself, or, for the prefix found in the cache, what somebody did.
        if (!known.TryGetValue(row.Sequence, out List<int>? tokens))
        {
            known.Add(row.Sequence, tokens = [.. Enumerable.Range(0, row.Start).Select(position => slots[Slot(row, position)].Token)]);
        }
        for (int i = 0; i < row.Tokens.Length; i++)
        {
            if (row.Start + i == tokens.Count)
            {
                tokens.Add(row.Tokens[i]);
            }
            else if (tokens[row.Start + i] != row.Tokens[i])
            {
                throw new InvalidDataException($"sequence {row.Sequence} has another token at {row.Start + i} than before");
            }
        }
        // All of it once a block: at every token it would take the test a minute.
        int from = row.Tokens.Length > 1 || row.Start % blockSize == 0 ? 0 : row.Start - (row.Start % blockSize);
        for (int position = from; position < row.Start + row.Tokens.Length; position++)
        {
            if (slots[Slot(row, position)] != (tokens[position], position))
            {
                throw new InvalidDataException($"step {Steps.Count + 1}: sequence {row.Sequence} attends to position {position} in a block that holds something else");
            }
        }
    }

    private int Slot(RecordedRow row, int position) => (row.Blocks[position / blockSize] * blockSize) + (position % blockSize);
}

internal sealed record RecordedRow(int Sequence, int Start, bool Yields, int[] Tokens, int[] Blocks);
