namespace Cortex.Workloads;

/// <summary>
/// Counts of values, for means and quantiles in a memory that does not grow with their number: values up to 99,999 exactly, larger ones to
/// five significant digits.
/// </summary>
public sealed class LengthCounts
{
    private const long Exact = 99_999;

    private readonly SortedDictionary<long, long> counts = [];
    private Int128 sum;

    /// <summary>How many values.</summary>
    public long Count { get; private set; }

    /// <summary>Largest value; 0 if there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Mean, exact; 0 if there is none.</summary>
    public double Mean => Count == 0 ? 0 : (double)sum / Count;

    /// <summary>The values, ascending, and how often each was added.</summary>
    public IEnumerable<(long Value, long Count)> Ascending => counts.Select(each => (each.Key, each.Value));

    /// <summary>Adds a value of 0 or more.</summary>
    public void Add(long value)
    {
        long unit = 1;
        while (value / unit > Exact)
        {
            unit *= 10;
        }
        long key = value / unit * unit;
        counts[key] = counts.GetValueOrDefault(key) + 1;
        Count++;
        sum += value;
        Max = Math.Max(Max, value);
    }

    /// <summary>The smallest value that at least the share <paramref name="p"/> of all does not exceed; 0 if there is none.</summary>
    /// <param name="p">0 to 1.</param>
    public long Quantile(double p)
    {
        long rank = Math.Max((long)Math.Ceiling(p * Count), 1);
        foreach ((long value, long count) in counts)
        {
            rank -= count;
            if (rank <= 0)
            {
                return value;
            }
        }
        return 0;
    }
}
