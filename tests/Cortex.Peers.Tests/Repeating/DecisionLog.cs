using Cortex.Serving.Decisions;

namespace Cortex.Peers.Tests.Repeating;

/// <summary>Keeps every decision with the blocks that it gave out.</summary>
internal sealed class DecisionLog : IDecisionSink
{
    private readonly List<(Decision Decision, ulong Blocks)> decisions = [];

    public IReadOnlyList<(Decision Decision, ulong Blocks)> Decisions => decisions;

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks)
    {
        ulong mix = (ulong)blocks.Length;
        foreach (int block in blocks)
        {
            mix = DecisionMix.Add(mix, (ulong)block);
        }
        decisions.Add((decision, mix));
    }
}
