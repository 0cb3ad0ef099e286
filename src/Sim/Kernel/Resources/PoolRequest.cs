namespace Cortex.Sim.Kernel;

/// <summary>
/// A request for a resource of a pool, which carries the resource once it has happened. Leaving its <c>using</c> block withdraws it while it
/// waits, and gives the resource back when it has been granted.
/// </summary>
/// <typeparam name="T">Of the resources.</typeparam>
public sealed class PoolRequest<T> : Event<T>, IDisposable
{
    private readonly ResourcePool<T> pool;

    internal PoolRequest(ResourcePool<T> pool, Func<T, bool> filter)
        : base(pool.Environment)
    {
        this.pool = pool;
        Filter = filter;
    }

    internal Func<T, bool> Filter { get; }

    /// <summary>Whether the resource is in its hands.</summary>
    internal bool Has { get; set; }

    /// <summary>Withdraws it if it waits; false if it is granted or has been withdrawn.</summary>
    public bool Cancel() => pool.Withdraw(this);

    /// <summary>Withdraws it, and gives back the resource if it has one.</summary>
    public void Dispose()
    {
        if (!pool.Withdraw(this) && Has)
        {
            pool.Release(this);
        }
    }
}
