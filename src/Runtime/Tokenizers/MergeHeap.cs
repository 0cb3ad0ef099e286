namespace Cortex.Runtime.Tokenizers;

/// <summary>A binary heap of merges that may be done, over memory of the caller: lowest rank first, leftmost first among equals.</summary>
/// <param name="memory">Room for as many entries as are ever in the heap at once.</param>
internal ref struct MergeHeap(Span<ulong> memory)
{
    private readonly Span<ulong> _items = memory;
    private int _count;

    public void Push(int rank, int position)
    {
        ulong item = ((ulong)(uint)rank << 32) | (uint)position;
        int at = _count++;
        while (at > 0)
        {
            int parent = (at - 1) >> 1;
            if (_items[parent] <= item)
            {
                break;
            }
            _items[at] = _items[parent];
            at = parent;
        }
        _items[at] = item;
    }

    public bool TryPop(out int rank, out int position)
    {
        if (_count == 0)
        {
            rank = position = 0;
            return false;
        }
        ulong top = _items[0];
        (rank, position) = ((int)(top >> 32), (int)(uint)top);
        ulong last = _items[--_count];
        int at = 0;
        while ((at << 1) + 1 < _count)
        {
            int child = (at << 1) + 1;
            if (child + 1 < _count && _items[child + 1] < _items[child])
            {
                child++;
            }
            if (last <= _items[child])
            {
                break;
            }
            _items[at] = _items[child];
            at = child;
        }
        _items[at] = last;
        return true;
    }
}
