using System.Diagnostics;
using Cortex.Runtime.Engines;
using Cortex.Serving;

namespace Cortex.Experiments.Calibration;

/// <summary>
/// Measures steps of an engine. Sequences have blocks of their own but for those that they are to have in common, filled with the KV of one real text, so
/// that nothing is shared that a run would not share, and no number is one that a processor treats in a way of its own.
/// </summary>
internal sealed class StepProbe
{
    // Below this a clock and a thread's wake-up would be what is measured.
    private const double LeastSeconds = 0.002;
    private const int MostRepeats = 64;

    private readonly IEngine engine;
    private readonly EngineSettings settings;
    private readonly StreamTokens tokens;
    private readonly StepBatch batch = new();
    private readonly int[] sampled;

    public StepProbe(IEngine engine, EngineSettings settings, StreamTokens tokens)
    {
        this.engine = engine;
        this.settings = settings;
        this.tokens = tokens;
        sampled = new int[settings.MaxNumSeqs];
        Fill();
    }

    /// <summary>Seconds of one step: the mean over so many in a row as a clock can tell.</summary>
    /// <remarks>A step that only decodes is run once before: in a run it mostly follows one like it, whose weights and KV the caches still hold.</remarks>
    public double Measure(StepPoint point)
    {
        Write(point);
        if (point.Chunk == 0)
        {
            engine.Run(batch, sampled.AsSpan(0, batch.Rows.Count));
        }
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        double seconds;
        do
        {
            engine.Run(batch, sampled.AsSpan(0, batch.Rows.Count));
            count++;
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (seconds < LeastSeconds && count < MostRepeats);
        return seconds / count;
    }

    private void Write(StepPoint point)
    {
        batch.Clear();
        int block = 1;
        for (int row = 0; row < point.Decodes; row++)
        {
            block = Add(row, point.Context - 1, 1, block, row > 0 ? point.Shared / settings.BlockSize : 0);
        }
        if (point.Chunk > 0)
        {
            Add(point.Decodes, point.Before, point.Chunk, block);
        }
    }

    /// <summary>Adds a row that begins with so many blocks of the first sequence, and has those from <paramref name="firstBlock"/> on to itself.</summary>
    /// <returns>The first block behind them.</returns>
    private int Add(int sequence, int start, int count, int firstBlock, int sharedBlocks = 0)
    {
        int blocks = (start + count + settings.BlockSize - 1) / settings.BlockSize;
        batch.Rows.Add(new(sequence, start, count, blocks, Yields: true));
        for (int position = start; position < start + count; position++)
        {
            batch.TokenIds.Add(tokens.IdOf(new(0), position));
        }
        for (int block = 0; block < blocks; block++)
        {
            batch.BlockIds.Add(block < sharedBlocks ? 1 + block : firstBlock + block - sharedBlocks);
        }
        return firstBlock + blocks - sharedBlocks;
    }

    /// <summary>A text as long as any piece of context, computed once, then copied block by block over the whole pool.</summary>
    private void Fill()
    {
        int text = Math.Min((settings.MaxModelLen + settings.BlockSize - 1) / settings.BlockSize, settings.NumBlocks - 1);
        for (int start = 0; start < text * settings.BlockSize; start += batch.TokenIds.Count)
        {
            batch.Clear();
            Add(0, start, Math.Min(settings.MaxNumBatchedTokens, (text * settings.BlockSize) - start), firstBlock: 1);
            engine.Run(batch, sampled.AsSpan(0, 1));
        }
        List<BlockCopy> copies = [];
        for (int block = 1 + text; block < settings.NumBlocks; block++)
        {
            copies.Add(new(KvTier.Device, 1 + ((block - 1) % text), KvTier.Device, block));
        }
        engine.CopyBlocks(copies.ToArray());
        for (int sequence = 0; sequence <= settings.MaxNumSeqs; sequence++)
        {
            engine.Forget(sequence);
        }
    }
}
