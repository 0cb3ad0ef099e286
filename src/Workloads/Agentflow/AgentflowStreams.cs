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
    private int firstTag;

    /// <summary>Enters the streams of the header.</summary>
    public void Declare(AgentflowHeader header)
    {
        foreach (AgentflowStream stream in header.Streams)
        {
            shared[AgentflowChecks.FullName(stream.Name)] = builder.NewStream();
        }
    }

    /// <summary>Forgets the streams of the workflow before.</summary>
    /// <param name="firstNode">Tag of the workflow's first node.</param>
    public void BeginWorkflow(int firstNode)
    {
        own.Clear();
        firstTag = firstNode;
    }

    /// <summary>The stream of a name that <see cref="AgentflowChecks"/> has let pass.</summary>
    public StreamId Find(string name)
    {
        AgentflowStreamName.TryParse(name, out AgentflowStreamName parsed);
        if (parsed.IsYielded)
        {
            return builder.NodeAt(firstTag + parsed.Node).Output;
        }
        Dictionary<string, StreamId> table = parsed.Kind == 'g' || (parsed.Kind == 'x' && shared.ContainsKey(name)) ? shared : own;
        if (!table.TryGetValue(name, out StreamId stream))
        {
            table[name] = stream = builder.NewStream();
        }
        return stream;
    }
}
