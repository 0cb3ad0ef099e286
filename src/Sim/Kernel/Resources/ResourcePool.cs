namespace Cortex.Sim.Kernel;

/// <summary>
/// A fixed number of resources that are not alike, such as people: a request names which it would take, gets the one that has been back
/// longest, and is passed over while none fits. What SimSharp calls ResourcePool; SimPy's users take a FilterStore.
/// </summary>
/// <typeparam name="T">Of the resources.</typeparam>
public sealed class ResourcePool<T>
{
    private readonly List<T> free;
    private readonly Line requests = new();
    private readonly Watchers watchers;

    /// <param name="environment">Where it is.</param>
    /// <param name="resources">At least one.</param>
    /// <exception cref="ArgumentException">None.</exception>
    public ResourcePool(SimEnvironment environment, IEnumerable<T> resources)
    {
        ArgumentNullException.ThrowIfNull(environment);
        free = [.. resources];
        if (free.Count == 0)
        {
            throw new ArgumentException("a pool has at least one resource", nameof(resources));
        }
        Environment = environment;
        Capacity = free.Count;
        watchers = new(environment);
    }

    /// <summary>Where it is.</summary>
    public SimEnvironment Environment { get; }

    /// <summary>How many there are.</summary>
    public int Capacity { get; }

    /// <summary>How many are in use.</summary>
    public int InUse => Capacity - free.Count;

    /// <summary>How many are free.</summary>
    public int Remaining => free.Count;

    /// <summary>The requests that wait, first in line first; a copy.</summary>
    public IReadOnlyList<PoolRequest<T>> Queue => requests.ToList<PoolRequest<T>>();

    /// <summary>Whether one that fits is free.</summary>
    public bool IsAvailable(Func<T, bool> filter) => free.Exists(new(filter));

    /// <summary>Asks for one that fits; the request carries it.</summary>
    public PoolRequest<T> Request(Func<T, bool>? filter = null)
    {
        PoolRequest<T> request = new(this, filter ?? (static _ => true));
        requests.Append(request);
        Serve();
        return request;
    }

    /// <summary>Gives one back, once. Silently accepted from a request without one. Returns the event after which others are served.</summary>
    public Event Release(PoolRequest<T> request)
    {
        ArgumentNullException.ThrowIfNull(request);
        GiveBack(request);
        Event release = Environment.Event();
        release.AddCallback(_ => Serve());
        release.Succeed();
        return release;
    }

    /// <summary>Happens when one is free.</summary>
    public Event WhenAny() => watchers.When(() => Remaining > 0);

    /// <summary>Happens when all are there.</summary>
    public Event WhenFull() => watchers.When(() => InUse == 0);

    /// <summary>Happens when none is free.</summary>
    public Event WhenEmpty() => watchers.When(() => Remaining == 0);

    /// <summary>Happens when one is next taken or given back.</summary>
    public Event WhenChange() => watchers.AtNextChange(static () => true);

    internal bool Withdraw(PoolRequest<T> request) => requests.Remove(request);

    private void GiveBack(PoolRequest<T> request)
    {
        if (request.Has)
        {
            request.Has = false;
            free.Add(request.Result);
            watchers.Tell();
        }
    }

    private void Serve()
    {
        for (Event? member = requests.First; member is not null && free.Count > 0;)
        {
            var request = (PoolRequest<T>)member;
            member = request.LineNext;
            int place = free.FindIndex(new(request.Filter));
            if (place >= 0)
            {
                T taken = free[place];
                free.RemoveAt(place);
                requests.Remove(request);
                request.Has = true;
                request.Succeed(taken);
                watchers.Tell();
            }
        }
    }
}
