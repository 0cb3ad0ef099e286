namespace Cortex.Serving.Batching;

/// <summary>A binary heap of sequences by (first, second) key, with removal from the middle in O(log n). A sequence is in one heap at most.</summary>
internal sealed class SequenceHeap
{
    private readonly record struct Entry(long First, long Second, PagedSequence Item)
    {
        public bool Before(in Entry other) => First < other.First || (First == other.First && Second < other.Second);
    }

    private Entry[] entries = new Entry[16];

    public int Count { get; private set; }

    /// <summary>The first key of the least element.</summary>
    public long MinKey => entries[0].First;

    public PagedSequence Peek() => entries[0].Item;

    public void Push(PagedSequence item, long first, long second)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
        }
        Rise(Count++, new(first, second, item));
    }

    public PagedSequence Pop()
    {
        PagedSequence least = entries[0].Item;
        Remove(least);
        return least;
    }

    public void Remove(PagedSequence item)
    {
        int hole = item.HeapIndex;
        item.HeapIndex = -1;
        Entry moved = entries[--Count];
        entries[Count] = default;
        if (hole == Count)
        {
            return;
        }
        if (hole > 0 && moved.Before(entries[(hole - 1) / 2]))
        {
            Rise(hole, moved);
        }
        else
        {
            Sink(hole, moved);
        }
    }

    private void Rise(int hole, Entry entry)
    {
        while (hole > 0 && entry.Before(entries[(hole - 1) / 2]))
        {
            Place(hole, entries[(hole - 1) / 2]);
            hole = (hole - 1) / 2;
        }
        Place(hole, entry);
    }

    private void Sink(int hole, Entry entry)
    {
        while (2 * hole + 1 < Count)
        {
            int child = 2 * hole + 1;
            if (child + 1 < Count && entries[child + 1].Before(entries[child]))
            {
                child++;
            }
            if (!entries[child].Before(entry))
            {
                break;
            }
            Place(hole, entries[child]);
            hole = child;
        }
        Place(hole, entry);
    }

    private void Place(int index, Entry entry)
    {
        entries[index] = entry;
        entry.Item.HeapIndex = index;
    }
}
