using Cortex.Runtime.Engines;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>How attention is cut for a CPU.</summary>
internal static class CpuTiling
{
    /// <summary>Query rows of an item: with these, scores and sums of an item stay in the caches next to a core.</summary>
    private const int QueryRows = 64;

    /// <summary>Pieces for each thread, so that one who comes late is not waited for long.</summary>
    private const int PiecesPerThread = 4;

    /// <summary>Most memory for partial results.</summary>
    private const long PartialBytes = 64 << 20;

    public static AttentionTiling Of(ModelShape shape, CpuEngineOptions options, int threads)
    {
        int chunk = (options.AttentionChunk + options.BlockSize - 1) / options.BlockSize * options.BlockSize;
        long partial = (long)shape.Heads * (shape.HeadDim + 2) * sizeof(float);
        return new(chunk, Math.Max(1, QueryRows / shape.GroupSize), PiecesPerThread * threads, (int)(PartialBytes / partial));
    }
}
