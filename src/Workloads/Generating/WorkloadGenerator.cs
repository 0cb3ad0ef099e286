using Cortex.Policies;
using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>Writes traces of made-up workflows in the agentflow format. Same seed and count, same bytes, on every machine.</summary>
public static class WorkloadGenerator
{
    /// <summary>The programs that it knows.</summary>
    public static IReadOnlyCollection<string> Programs { get; } = [Nl2SqlProgram.Name];

    /// <summary>Writes a trace.</summary>
    /// <param name="program">One of <see cref="Programs"/>.</param>
    /// <param name="seed">Seed of all that is drawn.</param>
    /// <param name="workflows">Number of workflows, at least 1.</param>
    /// <param name="output">Where the JSON lines go; left open.</param>
    /// <exception cref="ArgumentException">The program is not known; the message names the nearest.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No workflow is asked for.</exception>
    public static void Write(string program, ulong seed, int workflows, Stream output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workflows, 1);
        if (program != Nl2SqlProgram.Name)
        {
            throw new ArgumentException(NearestName.Unknown("program", program, Programs));
        }
        using AgentflowWriter writer = new(output);
        new Nl2SqlProgram(new RandomStream(seed, Nl2SqlProgram.Name), writer).Write(seed, workflows);
    }
}
