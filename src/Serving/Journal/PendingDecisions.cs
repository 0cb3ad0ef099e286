using System.Runtime.InteropServices;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>Decisions that a replay has taken and the journal has not confirmed yet. Reuses its memory.</summary>
internal sealed class PendingDecisions : ICoreTap
{
    private readonly List<(Decision Decision, int FirstBlock)> taken = [];
    private readonly List<int> blocks = [];
    private int next;

    public bool IsEmpty => next == taken.Count;

    public Decision First => taken[next].Decision;

    public ReadOnlySpan<int> FirstBlocks
    {
        get
        {
            int end = next + 1 < taken.Count ? taken[next + 1].FirstBlock : blocks.Count;
            return CollectionsMarshal.AsSpan(blocks)[taken[next].FirstBlock..end];
        }
    }

    public void Decided(in Decision decision, ReadOnlySpan<int> ids)
    {
        taken.Add((decision, blocks.Count));
        blocks.AddRange(ids);
    }

    public void RemoveFirst()
    {
        if (++next == taken.Count)
        {
            taken.Clear();
            blocks.Clear();
            next = 0;
        }
    }
}
