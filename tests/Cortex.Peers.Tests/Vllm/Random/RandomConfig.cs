using Cortex.Policies.Random;

namespace Cortex.Peers.Tests.Vllm.Random;

/// <summary>Draws the settings of a scenario.</summary>
internal static class RandomConfig
{
    public static VllmConfig Draw(RandomStream random, Version release)
    {
        int blockSize = random.Pick([1, 1, 2, 2, 4, 8, 16, 16, 32, 64]);
        int maxModelLen = Math.Max(8, random.Between(3, 40) * blockSize - random.NextInt(blockSize));
        // A lone request must fit at its longest, else nothing would ever run again.
        int blocksOfLongest = (maxModelLen + blockSize - 1) / blockSize;
        double pool = random.Pick([1.0, 1.0, 1.3, 2.0, 12.0]);
        bool chunked = random.Chance(0.85);
        int budget = chunked ? random.Between(4, 2 * maxModelLen) : random.Between(maxModelLen, 3 * maxModelLen);
        int maxNumSeqs = random.Between(1, 24);
        bool threshold = random.Chance(0.3);
        return new VllmConfig
        {
            BlockSize = blockSize,
            NumBlocks = (int)(pool * blocksOfLongest) + 2 + random.NextInt(4),
            MaxNumBatchedTokens = budget,
            MaxNumSeqs = maxNumSeqs,
            MaxNumActiveSeqs = release >= new Version(0, 31) && random.Chance(0.2) ? random.Between(1, maxNumSeqs) : null,
            MaxModelLen = maxModelLen,
            EnablePrefixCaching = random.Chance(0.8),
            AsyncScheduling = random.Chance(0.5),
            Policy = random.Chance(0.4) ? "priority" : "fcfs",
            EnableChunkedPrefill = chunked,
            LongPrefillTokenThreshold = threshold ? random.Between(1, Math.Max(1, maxModelLen / 3)) : 0,
            LongPrefillTokenThresholdAdaptive = release >= new Version(0, 31) && random.Chance(0.4),
            SchedulerReserveFullIsl = random.Chance(0.5),
            Watermark = release >= new Version(0, 24) && random.Chance(0.3) ? random.Pick([0.01, 0.03, 0.1, 0.3]) : 0,
        };
    }
}
