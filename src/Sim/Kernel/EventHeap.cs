namespace Cortex.Sim.Kernel;

/// <summary>An entry of the heap: 16 bytes without references, so that moving one costs no write barrier.</summary>
internal readonly record struct HeapEntry(long Time, ulong Order)
{
    public static bool Less(in HeapEntry left, in HeapEntry right) =>
        left.Time < right.Time || (left.Time == right.Time && left.Order < right.Order);
}

/// <summary>
/// A 4-ary heap with deferred pop: taking the root leaves a hole that the next push fills, since an event that is taken mostly schedules
/// another. Measured against binary heaps, ladder and calendar queues in the design's study of event calendars.
/// </summary>
internal sealed class EventHeap
{
    private const int Arity = 4;

    private HeapEntry[] entries = new HeapEntry[64];
    private int size;
    private bool hole;

    /// <summary>Entries, dead ones included.</summary>
    public int Count => hole ? size - 1 : size;

    /// <summary>Time of the smallest entry; <see cref="long.MaxValue"/> if there is none. A hole stays, for a push to fill.</summary>
    public long NextTime
    {
        get
        {
            if (!hole)
            {
                return size > 0 ? entries[0].Time : long.MaxValue;
            }
            long least = long.MaxValue;
            foreach (HeapEntry entry in entries.AsSpan(1, Math.Min(Arity, size - 1)))
            {
                least = Math.Min(least, entry.Time);
            }
            return least;
        }
    }

    public void Push(HeapEntry entry)
    {
        if (hole)
        {
            hole = false;
            SiftDown(0, entry);
            return;
        }
        if (size == entries.Length)
        {
            Array.Resize(ref entries, 2 * size);
        }
        SiftUp(size++, entry);
    }

    /// <summary>The smallest entry; false if there is none.</summary>
    public bool TryRoot(out HeapEntry root)
    {
        if (hole)
        {
            hole = false;
            size--;
            if (size > 0)
            {
                SiftDown(0, entries[size]);
            }
        }
        root = entries[0];
        return size > 0;
    }

    /// <summary>Removes the entry that <see cref="TryRoot"/> has just given.</summary>
    public void RemoveRoot() => hole = true;

    /// <summary>Keeps only the entries that stand in the table, at the slot that their order names.</summary>
    public void Keep(ReadOnlySpan<ulong> orderOfSlot)
    {
        int kept = 0;
        for (int i = hole ? 1 : 0; i < size; i++)
        {
            if (orderOfSlot[EventOrder.Slot(entries[i].Order)] == entries[i].Order)
            {
                entries[kept++] = entries[i];
            }
        }
        size = kept;
        hole = false;
        for (int parent = (size - 2) / Arity; size > 1 && parent >= 0; parent--)
        {
            SiftDown(parent, entries[parent]);
        }
    }

    private void SiftUp(int place, HeapEntry entry)
    {
        HeapEntry[] heap = entries;
        while (place > 0)
        {
            int parent = (place - 1) / Arity;
            if (!HeapEntry.Less(entry, heap[parent]))
            {
                break;
            }
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = entry;
    }

    private void SiftDown(int place, HeapEntry entry)
    {
        Span<HeapEntry> heap = entries.AsSpan(0, size);
        while (true)
        {
            int child = (place * Arity) + 1;
            if (child >= heap.Length)
            {
                break;
            }
            int least = Least(heap, child);
            if (!HeapEntry.Less(heap[least], entry))
            {
                break;
            }
            heap[place] = heap[least];
            place = least;
        }
        heap[place] = entry;
    }

    private static int Least(ReadOnlySpan<HeapEntry> heap, int first)
    {
        if (first + Arity <= heap.Length)
        {
            int left = HeapEntry.Less(heap[first + 1], heap[first]) ? first + 1 : first;
            int right = HeapEntry.Less(heap[first + 3], heap[first + 2]) ? first + 3 : first + 2;
            return HeapEntry.Less(heap[right], heap[left]) ? right : left;
        }
        int least = first;
        for (int i = first + 1; i < heap.Length; i++)
        {
            if (HeapEntry.Less(heap[i], heap[least]))
            {
                least = i;
            }
        }
        return least;
    }
}
