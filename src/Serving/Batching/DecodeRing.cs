using System.Numerics;

namespace Cortex.Serving.Batching;

/// <summary>
/// The steady sequences by the step in which they begin a block: since each takes one token a step, that is a place in a ring of
/// <paramref name="blockSize"/> steps, the same in every round.
/// </summary>
internal sealed class DecodeRing(int blockSize)
{
    private const int WordBits = 64;
    private readonly SequenceList<GroupLinks>[] places = new SequenceList<GroupLinks>[blockSize];
    private readonly ulong[] occupied = new ulong[(blockSize + WordBits - 1) / WordBits];

    public void Add(PagedSequence item)
    {
        int place = item.RingPlace(blockSize);
        places[place].Add(item);
        occupied[place / WordBits] |= 1UL << (place % WordBits);
    }

    public void Remove(PagedSequence item)
    {
        int place = item.RingPlace(blockSize);
        places[place].Remove(item);
        if (places[place].Count == 0)
        {
            occupied[place / WordBits] &= ~(1UL << (place % WordBits));
        }
    }

    /// <summary>Those that begin a block in the step planned when the clock stands at <paramref name="planned"/>, in running order.</summary>
    public ref readonly SequenceList<GroupLinks> At(long planned) => ref places[planned % blockSize];

    /// <summary>Steps from there on until one in which somebody begins a block; the block size if nobody ever does.</summary>
    public int StepsToNext(long planned)
    {
        int from = (int)(planned % blockSize);
        int next = NextOccupied(from);
        if (next >= 0)
        {
            return next - from;
        }
        next = NextOccupied(0);
        return next >= 0 ? next + blockSize - from : blockSize;
    }

    /// <summary>The first place not before <paramref name="from"/> that is not empty, or −1.</summary>
    private int NextOccupied(int from)
    {
        ulong mask = ulong.MaxValue << (from % WordBits);
        for (int word = from / WordBits; word < occupied.Length; word++)
        {
            ulong bits = occupied[word] & mask;
            if (bits != 0)
            {
                return (word * WordBits) + BitOperations.TrailingZeroCount(bits);
            }
            mask = ulong.MaxValue;
        }
        return -1;
    }
}
