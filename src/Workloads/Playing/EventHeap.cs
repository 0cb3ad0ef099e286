namespace Cortex.Workloads;

/// <summary>A binary heap of small events by time, then by order of insertion. Allocates only when it grows.</summary>
internal sealed class EventHeap
{
    private Entry[] entries = new Entry[64];
    private int count;

    /// <summary>An event: when, which one of several at that time, what, of which node or workflow.</summary>
    public readonly record struct Entry(long Ns, long Order, byte Kind, int Tag)
    {
        public bool Before(in Entry other) => Ns < other.Ns || (Ns == other.Ns && Order < other.Order);
    }

    public bool IsEmpty => count == 0;

    public ref readonly Entry First => ref entries[0];

    public void Add(in Entry entry)
    {
        if (count == entries.Length)
        {
            Array.Resize(ref entries, count * 2);
        }
        int at = count++;
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (!entry.Before(entries[parent]))
            {
                break;
            }
            entries[at] = entries[parent];
            at = parent;
        }
        entries[at] = entry;
    }

    public Entry Take()
    {
        Entry first = entries[0];
        Entry moved = entries[--count];
        int at = 0;
        while (2 * at + 1 < count)
        {
            int child = 2 * at + 1;
            if (child + 1 < count && entries[child + 1].Before(entries[child]))
            {
                child++;
            }
            if (!entries[child].Before(moved))
            {
                break;
            }
            entries[at] = entries[child];
            at = child;
        }
        entries[at] = moved;
        return first;
    }
}
