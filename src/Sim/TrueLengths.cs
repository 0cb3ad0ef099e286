using Cortex.Workloads;

namespace Cortex.Sim;

/// <summary>Where calls really end, by tag, and how many tokens each has been given. The core never sees it.</summary>
internal sealed class TrueLengths(Workload workload)
{
    private readonly int[] emitted = new int[workload.NodeCount];

    /// <summary>Tokens that the call has still to produce until its stop token, that one included.</summary>
    public int Left(int tag) => workload.Nodes[tag].OutputTokens - emitted[tag];

    public void Emit(int tag, int tokens) => emitted[tag] += tokens;
}
