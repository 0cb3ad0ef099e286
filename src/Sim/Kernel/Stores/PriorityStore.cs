namespace Cortex.Sim.Kernel;

/// <summary>
/// A store whose smallest item leaves first. Items that compare as equal leave in the order that SimPy's heap gives, which is fixed but not
/// that of their coming.
/// </summary>
/// <typeparam name="T">Of the items, such as <see cref="PriorityItem{T}"/>.</typeparam>
/// <param name="environment">Where it is.</param>
/// <param name="capacity">The most items it can hold, 1 or more.</param>
/// <param name="items">What it holds at the start; at most its capacity.</param>
/// <param name="comparer">Orders the items; by default their own order.</param>
public sealed class PriorityStore<T>(SimEnvironment environment, int capacity = int.MaxValue, IEnumerable<T>? items = null, IComparer<T>? comparer = null)
    : StoreBase<T>(environment, capacity, items)
{
    private readonly IComparer<T> order = comparer ?? Comparer<T>.Default;
    private readonly List<T> heap = [];

    /// <inheritdoc/>
    public override int Count => heap.Count;

    /// <summary>The items, smallest first and the others in no particular order.</summary>
    public override IReadOnlyCollection<T> Items => heap;

    private protected override void Keep(T item)
    {
        heap.Add(item);
        Rise(0, heap.Count - 1);
    }

    private protected override bool TryTake(Func<T, bool>? filter, out T? item)
    {
        if (heap.Count == 0)
        {
            item = default;
            return false;
        }
        item = heap[0];
        T last = heap[^1];
        heap.RemoveAt(heap.Count - 1);
        if (heap.Count > 0)
        {
            heap[0] = last;
            Sink();
        }
        return true;
    }

    private void Rise(int top, int place)
    {
        T item = heap[place];
        while (place > top && (place - 1) / 2 is var parent && order.Compare(item, heap[parent]) < 0)
        {
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = item;
    }

    /// <summary>Down to a leaf along the smaller children, then up again: as Python's heap does, for the sake of equal items.</summary>
    private void Sink()
    {
        T item = heap[0];
        int place = 0;
        for (int child = 1; child < heap.Count; child = (2 * place) + 1)
        {
            if (child + 1 < heap.Count && order.Compare(heap[child], heap[child + 1]) >= 0)
            {
                child++;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = item;
        Rise(0, place);
    }
}
