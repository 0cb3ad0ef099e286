using Cortex.Policies;
using Cortex.Policies.Random;

namespace Cortex.Sim.Kernel;

/// <summary>
/// Where processes live: the clock, what lies ahead, and chance by name. What SimPy calls Environment and SimSharp Simulation. One thread
/// at a time; environments beside each other do not meet.
/// </summary>
public sealed partial class SimEnvironment
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly Dictionary<string, RandomStream> streams = new(StringComparer.Ordinal);

    /// <param name="seed">Of all its streams of chance: one a repetition.</param>
    /// <param name="start">Where the clock starts.</param>
    /// <param name="warmUp">Until when its monitors leave out what they are told.</param>
    public SimEnvironment(ulong seed = 0, Instant start = default, Instant warmUp = default)
    {
        Seed = seed;
        WarmUp = warmUp;
        Agenda = new();
        Agenda.MoveTo(start.Ns);
        UnstartedProcesses.Here.TakeAny();
    }

    /// <summary>What all its chance comes from.</summary>
    public ulong Seed { get; }

    /// <summary>Until when monitors leave out what they are told, unless they have a limit of their own.</summary>
    public Instant WarmUp { get; }

    /// <summary>The present.</summary>
    public Instant Now => new(Agenda.Now);

    /// <summary>The process that runs; null between processes.</summary>
    public Process? ActiveProcess => Running?.Keep();

    /// <summary>Events processed so far.</summary>
    public long ProcessedEvents { get; private set; }

    /// <summary>What waits in the calendar, guards that were taken back left out.</summary>
    public int ScheduledEvents => Agenda.Count;

    /// <summary>Mixes times and order of all timers so far: equal for equal runs, and hardly ever for others.</summary>
    public ulong Fingerprint => Agenda.Fingerprint;

    internal Agenda Agenda { get; }

    internal Process? Running { get; set; }

    /// <summary>Starts a process, urgently, at this instant. Returns it, to be waited for, interrupted or asked.</summary>
    /// <param name="process">The call of its method.</param>
    /// <param name="name">In place of the method's.</param>
    /// <exception cref="InvalidOperationException">It has been started or awaited before.</exception>
    public Process Process(Process process, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        process.Start(this, keep: true, name);
        return process;
    }

    /// <inheritdoc cref="Process(Kernel.Process, string?)"/>
    public Process<T> Process<T>(Process<T> process, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        process.Start(this, keep: true, name);
        return process;
    }

    /// <summary>
    /// Starts a process that nobody refers to afterwards: its object, which must not be touched any more, is used again once it has ended,
    /// so that nothing is allocated. A failure of it stops the run.
    /// </summary>
    /// <inheritdoc cref="Process(Kernel.Process, string?)"/>
    public void Start(Process process, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        process.Start(this, keep: false, name);
    }

    /// <summary>An event for others to trigger.</summary>
    public Event Event() => new(this);

    /// <summary>An event with a value for others to trigger.</summary>
    public Event<T> Event<T>() => new(this);

    /// <summary>Happens when all have.</summary>
    public AllOf AllOf(params IEnumerable<Event> events) => new(this, events);

    /// <summary>Happens when one has.</summary>
    public AnyOf AnyOf(params IEnumerable<Event> events) => new(this, events);

    /// <summary>The stream of chance of this name: it depends on the seed and the name, not on what else is drawn.</summary>
    public RandomStream Random(string name)
    {
        if (!streams.TryGetValue(name, out RandomStream? stream))
        {
            stream = new(Seed, name);
            streams.Add(name, stream);
        }
        return stream;
    }
}
