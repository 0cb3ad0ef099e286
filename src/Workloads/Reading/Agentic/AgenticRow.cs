using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>A request as its row has it.</summary>
internal struct AgenticRow
{
    public string Id;

    /// <summary>Line of the file, for faults.</summary>
    public long Line;

    /// <summary>Kept by imports alone, as the next.</summary>
    public string? Model;

    /// <summary>Which agent asks.</summary>
    public string? Session;

    public Segment[] Prompt;
    public int OutputTokens;

    /// <summary>Earliest release, from the start of the play.</summary>
    public long NotBeforeNs;

    /// <summary>Time of tools between the end of what it waits for and its release.</summary>
    public long ToolNs;

    public int FirstEdge;
    public int EdgeCount;
}

/// <summary>A dependency as its row has it.</summary>
/// <param name="Id">Request of the same play.</param>
/// <param name="OnDispatch">Waits for its release; else for its end.</param>
/// <param name="DelayNs">And then so much longer.</param>
internal readonly record struct AgenticEdge(string Id, bool OnDispatch, long DelayNs);

/// <summary>The requests of one play, in order of their rows, and the ids of their blocks.</summary>
internal sealed class AgenticPlay(string name)
{
    public string Name => name;
    public List<AgenticRow> Rows { get; } = [];
    public List<AgenticEdge> Edges { get; } = [];

    public ReadOnlySpan<AgenticEdge> EdgesOf(in AgenticRow row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Edges).Slice(row.FirstEdge, row.EdgeCount);
}
