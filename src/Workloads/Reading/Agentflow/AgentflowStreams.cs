using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Streams by their names. <c>g:</c> and the <c>x:</c> listed in the header belong to the file, <c>u:</c> and other <c>x:</c> to one
/// workflow; <c>o:</c> and <c>r:</c> are what a node yields.
/// </summary>
internal sealed class AgentflowStreams(WorkloadBuilder builder)
{
    private readonly Dictionary<string, StreamId> shared = [];
    private readonly Dictionary<string, StreamId> own = [];
    private readonly Dictionary<int, int> declaredTokens = [];

    /// <summary>Enters a stream of the header, with its length if that is declared.</summary>
    public void Declare(string name, int? tokens)
    {
        StreamId stream = builder.NewStream();
        shared[name] = stream;
        if (tokens is int length)
        {
            declaredTokens[stream.Value] = length;
        }
    }

    /// <summary>Forgets the streams of the workflow before.</summary>
    public void BeginWorkflow() => own.Clear();

    /// <summary>The stream of a segment's name.</summary>
    /// <param name="name">As in the file, such as <c>g:sys</c> or <c>o:3</c>.</param>
    /// <param name="end">End of the segment, checked against what the stream holds.</param>
    /// <param name="firstTag">Tag of the workflow's first node.</param>
    /// <param name="json">For faults.</param>
    public StreamId Find(string name, long end, int firstTag, in JsonCursor json)
    {
        (StreamId stream, int tokens) = name switch
        {
            ['g', ':', _, ..] => Named(shared, name),
            ['x', ':', _, ..] => Named(shared.ContainsKey(name) ? shared : own, name),
            ['u', ':', _, ..] => Named(own, name),
            ['o' or 'r', ':', .. string number] when int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out int n) =>
                Yielded(name, n, firstTag, json),
            _ => throw json.Fault($"stream '{name}'", "g:NAME, u:K, x:ID, o:N (output of call N), r:N (result of tool N)"),
        };
        return end <= tokens ? stream : throw json.Fault($"a segment of '{name}' ends at {end}", $"at most {tokens}, the length of the stream");
    }

    private (StreamId Stream, int Tokens) Named(Dictionary<string, StreamId> table, string name)
    {
        if (!table.TryGetValue(name, out StreamId stream))
        {
            table[name] = stream = builder.NewStream();
        }
        return (stream, declaredTokens.GetValueOrDefault(stream.Value, int.MaxValue));
    }

    private (StreamId Stream, int Tokens) Yielded(string name, int n, int firstTag, in JsonCursor json)
    {
        NodeKind kind = name[0] == 'o' ? NodeKind.Llm : NodeKind.Tool;
        if (n < 0 || n >= builder.NextTag - firstTag || builder.NodeAt(firstTag + n).Kind != kind)
        {
            throw json.Fault($"stream '{name}' of node {n}", $"an earlier {(kind == NodeKind.Llm ? "llm" : "tool")} node of the workflow");
        }
        Node node = builder.NodeAt(firstTag + n);
        return (node.Output, node.OutputTokens);
    }
}
