using Cortex.Runtime.Clients;
using Cortex.Runtime.Tools;

namespace Cortex.Runtime;

/// <summary>How a live run goes.</summary>
public sealed record LiveOptions
{
    /// <summary>Nanoseconds of the run in a real one, more than 0: at 100, a pause of a second in the trace takes 10 ms. Step times follow too.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Runs the tools for which the trace says what they do; null: all take as long as the trace says, and come out as it says. Not disposed of.</summary>
    public ToolBox? Tools { get; init; }

    /// <summary>Clients that lose patience; null: none does.</summary>
    public GiveUpOptions? GiveUps { get; init; }
}
