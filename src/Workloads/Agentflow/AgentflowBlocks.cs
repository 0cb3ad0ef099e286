namespace Cortex.Workloads;

/// <summary>
/// Finds out whether prompts are runs of blocks known by chained ids, as importers of such traces write them: only <c>x:</c> streams in
/// blocks of the native size, shared openings in whole blocks, and private text at a prompt's end.
/// </summary>
internal sealed class AgentflowBlocks(int size)
{
    private bool any;
    private bool other;

    /// <summary>True if all prompts so far are such runs.</summary>
    public bool Chained => size > 0 && any && !other;

    /// <summary>A prompt continues another with its output.</summary>
    public void Continued() => other = true;

    /// <summary>A segment that starts at this token of its prompt.</summary>
    public void Learn(in AgentflowSegment segment, long at)
    {
        bool aligned = size > 0 && segment.Offset % size == 0 && at % size == 0;
        bool block = aligned && (segment.Stream[0] == 'x' || (segment.Stream[0] == 'g' && segment.Length % size == 0));
        any |= block;
        other |= !block && segment.Stream[0] != 'u';
    }
}
