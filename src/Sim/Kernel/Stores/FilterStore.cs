namespace Cortex.Sim.Kernel;

/// <summary>A store whose getters name what they want: each gets the oldest item that fits, and one that finds none is passed over.</summary>
/// <typeparam name="T">Of the items.</typeparam>
/// <param name="environment">Where it is.</param>
/// <param name="capacity">The most items it can hold, 1 or more.</param>
public sealed class FilterStore<T>(SimEnvironment environment, int capacity = int.MaxValue) : StoreBase<T>(environment, capacity)
{
    private readonly List<T> items = [];

    /// <inheritdoc/>
    public override int Count => items.Count;

    /// <summary>The items, oldest first.</summary>
    public override IReadOnlyCollection<T> Items => items;

    private protected override bool PassesOver => true;

    /// <summary>Takes the oldest item that fits, as soon as there is one.</summary>
    public new StoreGet<T> Get(Func<T, bool>? filter = null) => base.Get(filter);

    private protected override void Keep(T item) => items.Add(item);

    private protected override bool TryTake(Func<T, bool>? filter, out T? item)
    {
        int place = filter is null ? (items.Count > 0 ? 0 : -1) : items.FindIndex(new(filter));
        item = place < 0 ? default : items[place];
        if (place >= 0)
        {
            items.RemoveAt(place);
        }
        return place >= 0;
    }
}
