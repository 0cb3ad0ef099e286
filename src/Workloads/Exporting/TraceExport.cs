namespace Cortex.Workloads;

/// <summary>Writes traces in the formats of others, and lists what these cannot hold.</summary>
public static class TraceExport
{
    /// <summary>The formats that can be written.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["agentflow", "mooncake", "agentic-mooncake"];

    /// <summary>Writes all workflows of a trace.</summary>
    /// <param name="header">Of the trace.</param>
    /// <param name="workflows">Of the trace; gone through once.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="cancellation">Stops between two workflows.</param>
    /// <returns>What was written and what was lost.</returns>
    /// <exception cref="ArgumentException">The format is none of <see cref="Formats"/>.</exception>
    /// <exception cref="TraceException">A fault of the trace.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ExportReport Write(
        AgentflowHeader header, IEnumerable<AgentflowWorkflow> workflows, string format, Stream output, CancellationToken cancellation = default)
    {
        using ITraceWriter writer = format switch
        {
            "agentflow" => new AgentflowExport(header, output),
            "mooncake" => new MooncakeExport(header, output),
            "agentic-mooncake" => new AgenticMooncakeExport(header, output),
            _ => throw new ArgumentException($"format '{format}' cannot be written", nameof(format)),
        };
        int written = 0;
        long calls = 0;
        foreach (AgentflowWorkflow workflow in workflows)
        {
            cancellation.ThrowIfCancellationRequested();
            written++;
            calls += workflow.Nodes.Count(node => node.Kind == NodeKind.Llm);
            writer.Write(workflow);
        }
        return new(written, calls, writer.Lost());
    }
}

/// <summary>What an export did.</summary>
/// <param name="Workflows">Workflows of the trace.</param>
/// <param name="Calls">Calls of the trace, those behind guards included.</param>
/// <param name="Lost">What the format cannot hold, a phrase with its number each; empty if it holds all.</param>
public sealed record ExportReport(int Workflows, long Calls, IReadOnlyList<string> Lost);

/// <summary>Writes workflows in some format.</summary>
internal interface ITraceWriter : IDisposable
{
    void Write(AgentflowWorkflow workflow);

    /// <summary>What could not be written so far.</summary>
    IReadOnlyList<string> Lost();
}
