using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>The first line of an agentflow trace: what holds for all its workflows.</summary>
public sealed record AgentflowHeader
{
    /// <summary>True if the trace is meant to be replayed closed loop: a node waits for what it depends on; false: open loop, by <c>arrival</c> and <c>at</c>.</summary>
    public required bool Closed { get; init; }

    /// <summary>Where the trace comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Under which licence.</summary>
    public string? Licence { get; init; }

    /// <summary>Whose tokens the lengths count.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Block size in tokens in which the source names prompts' contents; 0 if it names none.</summary>
    public int NativeBlock { get; init; }

    /// <summary>Streams that workflows share. <c>x:</c> streams are shared only if they stand here.</summary>
    public IReadOnlyList<AgentflowStream> Streams { get; init; } = [];

    /// <summary>The list of models as the file has it.</summary>
    public JsonElement? Models { get; init; }

    /// <summary>Tools that the trace describes.</summary>
    public IReadOnlyList<AgentflowTool> Tools { get; init; } = [];

    /// <summary>The databases that tools ask.</summary>
    public IReadOnlyList<TraceDatabase> Databases { get; init; } = [];

    /// <summary>Remarks of whoever made the trace.</summary>
    public string? Notes { get; init; }

    /// <summary>The declared program of each class: what policies may know before it happens.</summary>
    public IReadOnlyList<AgentflowProgram> Programs { get; init; } = [];
}

/// <summary>A stream that workflows share.</summary>
/// <param name="Name">Such as <c>g:sys</c>.</param>
/// <param name="Tokens">Its length; null if not declared.</param>
public sealed record AgentflowStream(string Name, int? Tokens = null);

/// <summary>A tool of the header.</summary>
/// <param name="Name">As <see cref="AgentflowNode.Name"/> has it.</param>
/// <param name="Time">From which distribution its times come, for nodes that name it by <c>dist</c>; null if each node says its time.</param>
/// <param name="Effect">What running it does to the world; null if not declared.</param>
public sealed record AgentflowTool(string Name, AgentflowDistribution? Time = null, ToolEffect? Effect = null);
