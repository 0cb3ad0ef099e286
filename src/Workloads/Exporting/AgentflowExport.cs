namespace Cortex.Workloads;

/// <summary>agentflow as a format among others.</summary>
internal sealed class AgentflowExport : ITraceWriter
{
    private readonly AgentflowWriter writer;

    public AgentflowExport(AgentflowHeader header, Stream output)
    {
        writer = new(output);
        writer.Write(header);
    }

    public void Write(AgentflowWorkflow workflow) => writer.Write(workflow);

    public IReadOnlyList<string> Lost() =>
        writer.RoundedTimes > 0 ? [$"parts of a microsecond, times rounded half to even: {writer.RoundedTimes}"] : [];

    public void Dispose() => writer.Dispose();
}
