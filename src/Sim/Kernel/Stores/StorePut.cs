namespace Cortex.Sim.Kernel;

/// <summary>A put into a store. Leaving its <c>using</c> block withdraws it while it waits.</summary>
/// <typeparam name="T">Of the item.</typeparam>
public sealed class StorePut<T> : Event, IDisposable
{
    private readonly StoreBase<T> store;

    internal StorePut(StoreBase<T> store, T item)
        : base(store.Environment)
    {
        this.store = store;
        Item = item;
    }

    /// <summary>What is put in.</summary>
    public T Item { get; }

    /// <summary>Withdraws it if it waits; false if it has happened or was withdrawn.</summary>
    public bool Cancel() => InLine?.Remove(this) ?? false;

    /// <inheritdoc cref="Cancel"/>
    public void Dispose() => Cancel();

    private protected override void OnProcessed() => store.ServeGets();
}
