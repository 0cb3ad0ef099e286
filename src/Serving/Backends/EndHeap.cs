namespace Cortex.Serving;

/// <summary>When a steady sequence meets its true end, in steps of its engine.</summary>
/// <param name="End">Steps taken when it has met its end.</param>
/// <param name="JoinedAt">Steps taken when it joined.</param>
/// <param name="Tag">Whose.</param>
internal readonly record struct SteadyEnd(long End, long JoinedAt, int Tag)
{
    public bool Before(in SteadyEnd other) => End < other.End || (End == other.End && Tag < other.Tag);
}

/// <summary>A binary heap of ends, the earliest first.</summary>
internal sealed class EndHeap
{
    private SteadyEnd[] entries = new SteadyEnd[16];
    private int count;

    public bool TryPeek(out SteadyEnd first)
    {
        first = entries[0];
        return count > 0;
    }

    public void Push(SteadyEnd entry)
    {
        if (count == entries.Length)
        {
            Array.Resize(ref entries, 2 * count);
        }
        int hole = count++;
        while (hole > 0 && entry.Before(entries[(hole - 1) / 2]))
        {
            entries[hole] = entries[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        entries[hole] = entry;
    }

    public void RemoveFirst()
    {
        SteadyEnd moved = entries[--count];
        int hole = 0;
        while ((2 * hole) + 1 < count)
        {
            int child = (2 * hole) + 1;
            if (child + 1 < count && entries[child + 1].Before(entries[child]))
            {
                child++;
            }
            if (!entries[child].Before(moved))
            {
                break;
            }
            entries[hole] = entries[child];
            hole = child;
        }
        entries[hole] = moved;
    }
}
