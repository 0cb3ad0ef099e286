namespace Cortex.Sim.Kernel;

/// <summary>
/// A quantity of something, put in and taken out by amounts. Each of its two lines is served from the head only: a large get holds back
/// smaller ones behind it.
/// </summary>
public sealed class Container
{
    private readonly Line puts = new();
    private readonly Line gets = new();
    private readonly Watchers watchers;

    /// <param name="environment">Where it is.</param>
    /// <param name="capacity">The most it can hold, above 0.</param>
    /// <param name="init">What it holds at the start, 0 to capacity. Named as in SimPy.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside these limits.</exception>
    public Container(SimEnvironment environment, double capacity = double.PositiveInfinity, double init = 0)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (!(capacity > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "a container holds more than 0");
        }
        if (!(init >= 0 && init <= capacity))
        {
            throw new ArgumentOutOfRangeException(nameof(init), init, "a container holds at the start from 0 to its capacity");
        }
        Environment = environment;
        Capacity = capacity;
        Level = init;
        watchers = new(environment);
    }

    /// <summary>Where it is.</summary>
    public SimEnvironment Environment { get; }

    /// <summary>The most it can hold.</summary>
    public double Capacity { get; }

    /// <summary>What it holds.</summary>
    public double Level { get; private set; }

    /// <summary>The puts that wait for room, first in line first; a copy.</summary>
    public IReadOnlyList<ContainerPut> PutQueue => puts.ToList<ContainerPut>();

    /// <summary>The gets that wait, first in line first; a copy.</summary>
    public IReadOnlyList<ContainerGet> GetQueue => gets.ToList<ContainerGet>();

    /// <summary>Puts an amount in, as soon as there is room for all of it.</summary>
    /// <param name="amount">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public ContainerPut Put(double amount)
    {
        EnsureAmount(amount);
        ContainerPut put = new(this, amount);
        puts.Append(put);
        ServePuts();
        return put;
    }

    /// <summary>Takes an amount out, as soon as there is all of it.</summary>
    /// <param name="amount">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public ContainerGet Get(double amount)
    {
        EnsureAmount(amount);
        ContainerGet get = new(this, amount);
        gets.Append(get);
        ServeGets();
        return get;
    }

    /// <summary>Happens when it holds something.</summary>
    public Event WhenAny() => watchers.When(() => Level > 0);

    /// <summary>Happens when it is full.</summary>
    public Event WhenFull() => watchers.When(() => Level >= Capacity);

    /// <summary>Happens when it is empty.</summary>
    public Event WhenEmpty() => watchers.When(() => Level <= 0);

    /// <summary>Happens when something is next put in or taken out.</summary>
    public Event WhenChange() => watchers.AtNextChange(static () => true);

    /// <summary>Happens when it holds at least so much.</summary>
    public Event WhenAtLeast(double level) => watchers.When(() => Level >= level);

    /// <summary>Happens when it holds at most so much.</summary>
    public Event WhenAtMost(double level) => watchers.When(() => Level <= level);

    internal void ServePuts()
    {
        while (puts.First is ContainerPut put && Capacity - Level >= put.Amount)
        {
            puts.Remove(put);
            Level += put.Amount;
            put.Succeed();
            watchers.Tell();
        }
    }

    internal void ServeGets()
    {
        while (gets.First is ContainerGet get && Level >= get.Amount)
        {
            gets.Remove(get);
            Level -= get.Amount;
            get.Succeed();
            watchers.Tell();
        }
    }

    private static void EnsureAmount(double amount)
    {
        if (!(amount > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "an amount is above 0");
        }
    }
}
