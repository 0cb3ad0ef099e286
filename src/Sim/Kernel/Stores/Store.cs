namespace Cortex.Sim.Kernel;

/// <summary>A store whose items leave in the order in which they came.</summary>
/// <typeparam name="T">Of the items.</typeparam>
/// <param name="environment">Where it is.</param>
/// <param name="capacity">The most items it can hold, 1 or more.</param>
/// <param name="items">What it holds at the start, put in in this order; at most its capacity.</param>
public sealed class Store<T>(SimEnvironment environment, int capacity = int.MaxValue, IEnumerable<T>? items = null)
    : StoreBase<T>(environment, capacity, items)
{
    private readonly Queue<T> queue = new();

    /// <inheritdoc/>
    public override int Count => queue.Count;

    /// <summary>The items, oldest first.</summary>
    public override IReadOnlyCollection<T> Items => queue;

    private protected override void Keep(T item) => queue.Enqueue(item);

    private protected override bool TryTake(Func<T, bool>? filter, out T? item) => queue.TryDequeue(out item);
}
