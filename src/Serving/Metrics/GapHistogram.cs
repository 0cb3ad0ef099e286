using System.Numerics;

namespace Cortex.Serving;

/// <summary>
/// Counts of times by size: exact to 511 ns, above in buckets of 1/256 of their power of two, so that a value is known to 0.2 %. Count and
/// mean are exact.
/// </summary>
/// <param name="pool">Where its pages come from; a page is four powers of two.</param>
internal sealed class GapHistogram(PagePool<long> pool)
{
    private const int MantissaBits = 8;
    private const int PageMask = PagePool<long>.PageSize - 1;
    private const int Pages = ((64 - MantissaBits) << MantissaBits) / PagePool<long>.PageSize;

    private readonly long[]?[] pages = new long[]?[Pages];
    private Int128 sum;

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <param name="ns">0 or more.</param>
    /// <param name="times">How often.</param>
    public void Add(long ns, long times)
    {
        int bucket = Bucket(ns);
        (pages[bucket >> PagePool<long>.PageBits] ??= pool.Take())[bucket & PageMask] += times;
        Count += times;
        sum += (Int128)ns * times;
    }

    /// <summary>Adds all that the other holds.</summary>
    public void Add(GapHistogram other)
    {
        for (int page = 0; page < Pages; page++)
        {
            if (other.pages[page] is { } theirs)
            {
                Span<long> mine = pages[page] ??= pool.Take();
                for (int bucket = 0; bucket < mine.Length; bucket++)
                {
                    mine[bucket] += theirs[bucket];
                }
            }
        }
        Count += other.Count;
        sum += other.sum;
    }

    /// <summary>Empties it and gives its pages back.</summary>
    public void Clear()
    {
        foreach (long[]? page in pages)
        {
            if (page is not null)
            {
                pool.Give(page);
            }
        }
        Array.Clear(pages);
        Count = 0;
        sum = 0;
    }

    /// <summary>Quantiles as everywhere (<see cref="Distribution"/>), a value being the middle of its bucket.</summary>
    public Distribution Summarise() => Count == 0
        ? default
        : new(Count, (double)sum / Count / 1e9, Quantile(500), Quantile(900), Quantile(990), Quantile(999));

    private double Quantile(int perMille)
    {
        Int128 position = (Int128)(Count - 1) * perMille;
        long low = (long)(position / 1000);
        double part = (double)(position % 1000) / 1000;
        double first = ValueAt(low);
        return (first + (part > 0 ? (ValueAt(low + 1) - first) * part : 0)) / 1e9;
    }

    /// <summary>The value of this rank, from 0, in nanoseconds.</summary>
    private double ValueAt(long rank)
    {
        long left = rank;
        for (int page = 0; page < Pages; page++)
        {
            ReadOnlySpan<long> buckets = pages[page];
            for (int bucket = 0; bucket < buckets.Length; bucket++)
            {
                left -= buckets[bucket];
                if (left < 0)
                {
                    return Middle((page << PagePool<long>.PageBits) + bucket);
                }
            }
        }
        throw new ArgumentOutOfRangeException(nameof(rank), rank, $"a rank below {Count}");
    }

    private static int Bucket(long ns)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ns) - MantissaBits);
        return (shift << MantissaBits) + (int)(ns >> shift);
    }

    private static double Middle(int bucket)
    {
        int shift = Math.Max(0, (bucket >> MantissaBits) - 1);
        long first = (long)(bucket - (shift << MantissaBits)) << shift;
        return first + (((1L << shift) - 1) / 2.0);
    }
}
