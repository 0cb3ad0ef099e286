namespace Cortex.Sim.Kernel;

/// <summary>A get from a store: carries the item. Leaving its <c>using</c> block withdraws it while it waits.</summary>
/// <typeparam name="T">Of the item.</typeparam>
public sealed class StoreGet<T> : Event<T>, IDisposable
{
    private readonly StoreBase<T> store;

    internal StoreGet(StoreBase<T> store, Func<T, bool>? filter)
        : base(store.Environment)
    {
        this.store = store;
        Filter = filter;
    }

    internal Func<T, bool>? Filter { get; }

    /// <summary>Withdraws it if it waits; false if it has happened or was withdrawn.</summary>
    public bool Cancel() => InLine?.Remove(this) ?? false;

    /// <inheritdoc cref="Cancel"/>
    public void Dispose() => Cancel();

    private protected override void OnProcessed() => store.ServePut();
}
