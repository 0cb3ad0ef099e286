using Cortex.Runtime.Clients;

namespace Cortex.Runtime;

/// <summary>How a live run goes.</summary>
public sealed record LiveOptions
{
    /// <summary>Nanoseconds of the run in a real one, more than 0: at 100, a pause of a second in the trace takes 10 ms. Step times follow too.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Clients that lose patience; null: none does.</summary>
    public GiveUpOptions? GiveUps { get; init; }
}
