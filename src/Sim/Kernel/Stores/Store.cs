namespace Cortex.Sim.Kernel;

/// <summary>A store whose items leave in the order in which they came.</summary>
/// <typeparam name="T">Of the items.</typeparam>
/// <param name="environment">Where it is.</param>
/// <param name="capacity">The most items it can hold, 1 or more.</param>
public sealed class Store<T>(SimEnvironment environment, int capacity = int.MaxValue) : StoreBase<T>(environment, capacity)
{
    private readonly Queue<T> items = new();

    /// <inheritdoc/>
    public override int Count => items.Count;

    /// <summary>The items, oldest first.</summary>
    public override IReadOnlyCollection<T> Items => items;

    private protected override void Keep(T item) => items.Enqueue(item);

    private protected override bool TryTake(Func<T, bool>? filter, out T? item) => items.TryDequeue(out item);
}
