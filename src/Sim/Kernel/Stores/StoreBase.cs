namespace Cortex.Sim.Kernel;

/// <summary>
/// Items, put in and taken out one by one. Puts that find no room wait, and are not visible to getters; a get that is processed lets one of
/// them in, and a put that is processed serves a get.
/// </summary>
/// <typeparam name="T">Of the items.</typeparam>
public abstract class StoreBase<T>
{
    private readonly Line puts = new();
    private readonly Line gets = new();
    private readonly Watchers watchers;
    private readonly Watchers newcomers;

    private protected StoreBase(SimEnvironment environment, int capacity, IEnumerable<T>? items)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Environment = environment;
        Capacity = capacity;
        watchers = new(environment);
        newcomers = new(environment);
        foreach (T item in items ?? [])
        {
            if (Count == capacity)
            {
                throw new ArgumentException($"a store for {capacity} items does not hold more at the start", nameof(items));
            }
            Keep(item);
        }
    }

    /// <summary>Where it is.</summary>
    public SimEnvironment Environment { get; }

    /// <summary>The most items it can hold.</summary>
    public int Capacity { get; }

    /// <summary>Items it holds.</summary>
    public abstract int Count { get; }

    /// <summary>The items.</summary>
    public abstract IReadOnlyCollection<T> Items { get; }

    /// <summary>The puts that wait for room, first in line first; a copy.</summary>
    public IReadOnlyList<StorePut<T>> PutQueue => puts.ToList<StorePut<T>>();

    /// <summary>The gets that wait, first in line first; a copy.</summary>
    public IReadOnlyList<StoreGet<T>> GetQueue => gets.ToList<StoreGet<T>>();

    /// <summary>Puts an item in, as soon as there is room.</summary>
    public StorePut<T> Put(T item)
    {
        StorePut<T> put = new(this, item);
        puts.Append(put);
        ServePut();
        return put;
    }

    /// <summary>Takes an item out, as soon as there is one.</summary>
    public StoreGet<T> Get() => Get(null);

    /// <summary>If set, follows how many items it holds.</summary>
    public TimeSeriesMonitor? Utilization
    {
        get;
        init
        {
            field = value;
            value?.UpdateTo(Count);
        }
    }

    /// <summary>Happens when it holds an item.</summary>
    public Event WhenAny() => watchers.When(() => Count > 0);

    /// <summary>Happens when it is full.</summary>
    public Event WhenFull() => watchers.When(() => Count >= Capacity);

    /// <summary>Happens when it is empty.</summary>
    public Event WhenEmpty() => watchers.When(() => Count == 0);

    /// <summary>Happens when an item is next put in or taken out.</summary>
    public Event WhenChange() => watchers.AtNextChange(static () => true);

    /// <summary>Happens when an item is next put in.</summary>
    public Event WhenNew() => newcomers.AtNextChange(static () => true);

    internal void ServePut()
    {
        if (puts.First is StorePut<T> put && Count < Capacity)
        {
            puts.Remove(put);
            Keep(put.Item);
            put.Succeed();
            newcomers.Tell();
            Changed();
        }
    }

    internal void ServeGets()
    {
        for (Event? member = gets.First; member is not null;)
        {
            var get = (StoreGet<T>)member;
            member = PassesOver ? get.LineNext : null;
            if (TryTake(get.Filter, out T? item))
            {
                gets.Remove(get);
                get.Succeed(item!);
                Changed();
            }
        }
    }

    private protected StoreGet<T> Get(Func<T, bool>? filter)
    {
        StoreGet<T> get = new(this, filter);
        gets.Append(get);
        ServeGets();
        return get;
    }

    private void Changed()
    {
        Utilization?.UpdateTo(Count);
        watchers.Tell();
    }

    /// <summary>Whether getters that find nothing are passed over; otherwise one is served at a time.</summary>
    private protected virtual bool PassesOver => false;

    private protected abstract void Keep(T item);

    private protected abstract bool TryTake(Func<T, bool>? filter, out T? item);
}
