namespace Cortex.Workloads;

/// <summary>Agentflow as <see cref="TraceFile"/> loads it: a header, then a workflow a line.</summary>
internal sealed class AgentflowLines(string file, WorkloadBuilder builder) : ILineFormat
{
    private readonly AgentflowWorkflowParser parser = new();
    private readonly KeysOnce keys = new();
    private AgentflowLayout? layout;

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line, keys);
        if (layout is null)
        {
            layout = new(file, AgentflowHeaderParser.Read(ref json), builder);
        }
        else
        {
            layout.Add(parser.Read(ref json));
        }
    }

    public void Finish() => layout?.Finish();
}
