using Cortex.Runtime.Tools;
using Cortex.Workloads;

namespace Cortex.Runtime.Clients;

/// <summary>How the tools that a live run really ran came out.</summary>
public sealed class ToolTally
{
    private readonly SortedDictionary<string, long> outcomes = new(StringComparer.Ordinal);

    /// <summary>How many came out so, by label.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => outcomes;

    /// <summary>Tools run.</summary>
    public long Run { get; private set; }

    /// <summary>Those that came out otherwise than the trace says, so that their workflows may have gone another way.</summary>
    public long Otherwise { get; private set; }

    /// <returns>The number under which the trace knows the outcome; a timeout is an error where the trace knows no timeouts.</returns>
    internal ushort Add(TracePlayer player, int tag, ToolResult result)
    {
        ushort outcome = player.OutcomeNamed(result.Outcome);
        if (outcome == ushort.MaxValue && result.Outcome == ToolResult.Timeout)
        {
            outcome = player.OutcomeNamed(ToolResult.Error);
        }
        Run++;
        outcomes[result.Outcome] = outcomes.GetValueOrDefault(result.Outcome) + 1;
        Otherwise += outcome == player.NodeOf(tag).Outcome ? 0 : 1;
        return outcome;
    }
}
