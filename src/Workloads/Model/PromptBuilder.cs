using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Collects the segments of one prompt after another, merging neighbours that continue each other. Reused between prompts.</summary>
internal sealed class PromptBuilder
{
    private readonly List<Segment> segments = [];

    /// <summary>Sum of the lengths so far.</summary>
    public long Tokens { get; private set; }

    public void Clear()
    {
        segments.Clear();
        Tokens = 0;
    }

    /// <summary>Appends a segment; one of length 0 adds nothing.</summary>
    public void Add(StreamId stream, int offset, int length)
    {
        if (length == 0)
        {
            return;
        }
        Tokens += length;
        if (segments.Count > 0 && segments[^1] is var last && last.Stream == stream && last.End == offset)
        {
            segments[^1] = last with { Length = last.Length + length };
            return;
        }
        segments.Add(new Segment(stream, offset, length));
    }

    public Segment[] ToArray() => [.. segments];
}
