using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>When a run is measured, and when it is over.</summary>
internal sealed class RunWindow
{
    private readonly PlayerOptions options;

    public RunWindow(PlayerOptions options)
    {
        this.options = options;
        if (options.Snapshot is not { Primed: true })
        {
            Open(Instant.Zero);
        }
    }

    /// <summary>False: until the barrier of a primed snapshot, nothing starts but what leads to it.</summary>
    public bool IsOpen => From != Instant.Never;

    /// <summary>Its start; <see cref="Instant.Never"/> until that is known.</summary>
    public Instant From { get; private set; } = Instant.Never;

    /// <summary>From this time on nothing new starts.</summary>
    public Instant NoMoreFrom { get; private set; } = Instant.Never;

    /// <summary>When it is to be ended, whatever is under way.</summary>
    public Instant Deadline { get; private set; } = Instant.Never;

    public void Open(Instant at)
    {
        From = at;
        if (options.Duration is { } duration)
        {
            NoMoreFrom = at + duration;
            Deadline = NoMoreFrom + options.Grace;
        }
    }
}
