using System.Numerics;

namespace Cortex.Serving.Fleet;

/// <summary>A set of workers, taken in ascending order: a bit each, since thousands of engines may have something to plan at one instant.</summary>
/// <param name="workers">How many there are.</param>
internal sealed class SortedWorkers(int workers)
{
    private const int WordBits = 64;

    private readonly ulong[] words = new ulong[(workers + WordBits - 1) / WordBits];

    /// <summary>All words before it are empty.</summary>
    private int first;

    public void Add(int worker)
    {
        int word = worker / WordBits;
        words[word] |= 1UL << (worker % WordBits);
        first = Math.Min(first, word);
    }

    public bool TryTake(out int worker)
    {
        for (; first < words.Length; first++)
        {
            ulong word = words[first];
            if (word != 0)
            {
                worker = (first * WordBits) + BitOperations.TrailingZeroCount(word);
                words[first] = word & (word - 1);
                return true;
            }
        }
        worker = -1;
        return false;
    }
}
