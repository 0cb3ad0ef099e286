namespace Cortex.Sim.Kernel;

/// <summary>A store whose getters name what they want: each gets the oldest item that fits, and one that finds none is passed over.</summary>
/// <typeparam name="T">Of the items.</typeparam>
/// <param name="environment">Where it is.</param>
/// <param name="capacity">The most items it can hold, 1 or more.</param>
/// <param name="items">What it holds at the start, put in in this order; at most its capacity.</param>
public sealed class FilterStore<T>(SimEnvironment environment, int capacity = int.MaxValue, IEnumerable<T>? items = null)
    : StoreBase<T>(environment, capacity, items)
{
    private readonly List<T> kept = [];

    /// <inheritdoc/>
    public override int Count => kept.Count;

    /// <summary>The items, oldest first.</summary>
    public override IReadOnlyCollection<T> Items => kept;

    private protected override bool PassesOver => true;

    /// <summary>Takes the oldest item that fits, as soon as there is one.</summary>
    public new StoreGet<T> Get(Func<T, bool>? filter = null) => base.Get(filter);

    private protected override void Keep(T item) => kept.Add(item);

    private protected override bool TryTake(Func<T, bool>? filter, out T? item)
    {
        int place = filter is null ? (kept.Count > 0 ? 0 : -1) : kept.FindIndex(new(filter));
        item = place < 0 ? default : kept[place];
        if (place >= 0)
        {
            kept.RemoveAt(place);
        }
        return place >= 0;
    }
}
