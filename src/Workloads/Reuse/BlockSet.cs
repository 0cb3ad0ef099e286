using System.Numerics;

namespace Cortex.Workloads;

/// <summary>A set of block numbers from 0, a bit each, with whole runs asked for and added word by word.</summary>
internal sealed class BlockSet
{
    private ulong[] words = [];

    /// <summary>Length of the run of members that starts at <paramref name="first"/>, at most <paramref name="count"/>.</summary>
    public int LeadingRun(int first, int count)
    {
        int at = first;
        int end = first + count;
        while (at < end && at >> 6 < words.Length)
        {
            int ones = BitOperations.TrailingZeroCount(~(words[at >> 6] >> (at & 63)));
            int left = 64 - (at & 63);
            at += Math.Min(ones, left);
            if (ones < left)
            {
                break;
            }
        }
        return Math.Min(at, end) - first;
    }

    /// <summary>Adds <paramref name="count"/> blocks from <paramref name="first"/> on.</summary>
    public void Add(int first, int count)
    {
        int end = first + count;
        int needed = (end + 63) >> 6;
        if (needed > words.Length)
        {
            Array.Resize(ref words, Math.Max(needed, words.Length * 2));
        }
        for (int at = first; at < end; at = (at | 63) + 1)
        {
            int width = Math.Min(64 - (at & 63), end - at);
            words[at >> 6] |= (width == 64 ? ulong.MaxValue : (1UL << width) - 1) << (at & 63);
        }
    }
}
