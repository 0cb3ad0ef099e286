using System.Runtime.InteropServices;

namespace Cortex.Serving.Decisions;

/// <summary>Decisions in the order in which they were taken, each with its blocks. Reuses its memory after <see cref="Clear"/>.</summary>
public sealed class DecisionLog : ICoreTap
{
    private readonly List<(Decision Decision, int FirstBlock)> taken = [];
    private readonly List<int> blocks = [];

    public int Count => taken.Count;

    public Decision this[int index] => taken[index].Decision;

    /// <summary>Block ids that the decision gave out; valid until the next decision is added.</summary>
    public ReadOnlySpan<int> Blocks(int index)
    {
        int end = index + 1 < taken.Count ? taken[index + 1].FirstBlock : blocks.Count;
        return CollectionsMarshal.AsSpan(blocks)[taken[index].FirstBlock..end];
    }

    /// <summary>The decision in words.</summary>
    public string Text(int index) => DecisionText.Of(this[index], Blocks(index));

    public void Decided(in Decision decision, ReadOnlySpan<int> ids)
    {
        taken.Add((decision, blocks.Count));
        blocks.AddRange(ids);
    }

    public void Clear()
    {
        taken.Clear();
        blocks.Clear();
    }
}
