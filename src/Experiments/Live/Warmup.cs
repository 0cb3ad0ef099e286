using Cortex.Runtime.Engines;

namespace Cortex.Experiments.Live;

/// <summary>
/// Steps that an engine computes before a run or a measurement, so that none of its code is compiled and none of its memory touched for the first time
/// when it counts. What they leave in the pool is overwritten before anybody reads it.
/// </summary>
internal static class Warmup
{
    // Code is compiled in full after some dozen calls, in the background.
    private const int Steps = 60;
    private const int MostTokens = 64;
    private const int Sequence = -1;

    public static void Run(IEngine engine)
    {
        int blocks = Math.Min(engine.BlocksIn(KvTier.Device), (MostTokens + engine.BlockSize - 1) / engine.BlockSize);
        int most = Math.Min(MostTokens, blocks * engine.BlockSize);
        StepBatch batch = new();
        Span<int> sampled = stackalloc int[1];
        for (int step = 0; step < Steps; step++)
        {
            // Alternately a piece of prompt and a decode.
            int tokens = step % 2 == 0 ? most : 1;
            batch.Clear();
            batch.Rows.Add(new(Sequence, most - tokens, tokens, blocks, Yields: true));
            batch.TokenIds.AddRange(Enumerable.Repeat(0, tokens));
            batch.BlockIds.AddRange(Enumerable.Range(0, blocks));
            engine.Run(batch, sampled);
        }
        engine.Forget(Sequence);
    }
}
