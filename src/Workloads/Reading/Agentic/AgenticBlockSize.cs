using System.Numerics;

namespace Cortex.Workloads;

/// <summary>The block sizes, powers of two, with which every row has as many ids as its prompt begins blocks.</summary>
internal sealed class AgenticBlockSize(string file)
{
    /// <summary>Largest size thought of: 2²⁰ tokens.</summary>
    private const int Sizes = 21;

    /// <summary>Bit k: 2^k fits all rows so far.</summary>
    private uint fitting = (1u << Sizes) - 1;

    public int Smallest => 1 << BitOperations.TrailingZeroCount(fitting);

    /// <exception cref="TraceException">No size is left.</exception>
    public void Learn(int input, int ids, long line)
    {
        for (int bit = 0; bit < Sizes; bit++)
        {
            long blocks = ((long)input + (1L << bit) - 1) >> bit;
            fitting &= blocks == ids ? uint.MaxValue : ~(1u << bit);
        }
        if (fitting == 0)
        {
            throw new TraceException(
                file, line, $"{ids} hash_ids for input_length {input} fit no block size that the rows before have", "one for each block begun, of a power of two");
        }
    }
}
