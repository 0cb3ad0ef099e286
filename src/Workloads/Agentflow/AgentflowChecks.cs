namespace Cortex.Workloads;

/// <summary>
/// Finds what makes no sense in a workflow whose line could be read: numbers of nodes that are not there or not earlier (so that no graph
/// has circles), streams that nothing yields, lengths that do not fit, arrivals out of order.
/// </summary>
internal sealed class AgentflowChecks
{
    private readonly string file;
    private readonly Dictionary<string, int> declaredTokens = [];
    private readonly HashSet<string> timedTools = [];
    private readonly IReadOnlyList<TraceDatabase> databases;
    private readonly List<long> promptTokens = [];
    private readonly List<TraceException> faults = [];
    private AgentflowWorkflow workflow = new();
    private long lastArrival;

    /// <param name="file">The file as the user named it.</param>
    /// <param name="header">Its header.</param>
    public AgentflowChecks(string file, AgentflowHeader header)
    {
        this.file = file;
        foreach (AgentflowStream stream in header.Streams)
        {
            if (stream.Tokens is int tokens)
            {
                declaredTokens[FullName(stream.Name)] = tokens;
            }
        }
        databases = header.Databases;
        timedTools.UnionWith(header.Tools.Where(tool => tool.Time is not null).Select(tool => tool.Name));
    }

    /// <summary>A stream of the header may be named without its letter; it is a <c>g:</c> then.</summary>
    public static string FullName(string name) => name is ['g' or 'x', ':', ..] ? name : "g:" + name;

    /// <summary>Throws the first fault of a workflow.</summary>
    /// <exception cref="TraceException">It has one.</exception>
    public void Demand(AgentflowWorkflow of)
    {
        List<TraceException> found = FaultsOf(of);
        if (found.Count > 0)
        {
            throw found[0];
        }
    }

    /// <summary>All faults of a workflow, in the order of its nodes. The list is reused.</summary>
    public List<TraceException> FaultsOf(AgentflowWorkflow of)
    {
        faults.Clear();
        promptTokens.Clear();
        workflow = of;
        if (of.ArrivalNs < lastArrival)
        {
            Add("arrival is earlier than in a workflow before", "workflows in order of arrival");
        }
        lastArrival = of.ArrivalNs ?? lastArrival;
        for (int n = 0; n < of.Nodes.Count; n++)
        {
            AgentflowNode node = of.Nodes[n];
            CheckEdges(node, n);
            CheckTruth(node, n);
            CheckRun(node, n);
            promptTokens.Add(node.Kind == NodeKind.Llm ? CheckPrompt(node, n) : 0);
        }
        return faults;
    }

    private void CheckEdges(AgentflowNode node, int n)
    {
        foreach (int dep in node.Deps)
        {
            Earlier(dep, n, "an element of deps");
        }
        foreach (AgentflowStart start in node.AfterStart)
        {
            Earlier(start.Node, n, "node of after_start");
        }
        foreach (AgentflowGuard guard in node.When)
        {
            Earlier(guard.Node, n, "node of when");
        }
        foreach (AgentflowEmission emission in node.Emits)
        {
            bool follows = emission.Tool > n && emission.Tool < workflow.Nodes.Count
                && workflow.Nodes[emission.Tool] is { Kind: NodeKind.Tool } tool && tool.Deps.Contains(n);
            if (!follows)
            {
                Add($"emits of node {n} names node {emission.Tool}", $"a tool node that depends on node {n}");
            }
            else if (node.Out >= 0 && emission.AfterToken > node.Out)
            {
                Add($"emits of node {n} is after token {emission.AfterToken}", $"at most {node.Out}, the call's output");
            }
        }
    }

    private void CheckTruth(AgentflowNode node, int n)
    {
        switch (node.Kind)
        {
            case NodeKind.Llm when node.Out < 0:
                Add($"out is missing in node {n}", "the call's output in tokens");
                break;
            case NodeKind.Llm when node.Reason > node.Out:
                Add($"reason is {node.Reason} in node {n}", $"at most {node.Out}, the call's output");
                break;
            case NodeKind.Tool or NodeKind.Human when node.DurationNs is null && node.Distribution is null:
                Add($"dur is missing in node {n}", "the time it takes, in microseconds, or dist");
                break;
            case NodeKind.Tool or NodeKind.Human when node.Distribution?.Name is string name && !timedTools.Contains(name):
                Add($"dist is '{name}' in node {n}", "a tool of the header that has dist, or {\"shape\": …}");
                break;
        }
    }

    private void CheckRun(AgentflowNode node, int n)
    {
        if (node.Run is not null && node.Kind != NodeKind.Tool)
        {
            Add($"node {n} is no tool and has run", "run of tools alone");
        }
        else if (node.Run is ToolRun.Sql query && databases.All(known => known.Name != query.Database))
        {
            Add($"run of node {n} asks the database '{query.Database}'", databases.Count == 0 ? "a database of the header, which has none" : string.Join(", ", databases.Select(known => known.Name)));
        }
    }

    /// <returns>Tokens of the prompt; 0 if it cannot be told.</returns>
    private long CheckPrompt(AgentflowNode node, int n)
    {
        if (node.Prompt is not null == node.Base is not null)
        {
            Add($"node {n} has {(node.Prompt is not null ? "prompt and base" : "no prompt")}", "either prompt or base");
            return 0;
        }
        long tokens = 0;
        if (node.Base is int number)
        {
            if (number >= n || workflow.Nodes[number].Kind != NodeKind.Llm)
            {
                Add($"base is {number} in node {n}", "an earlier llm node of the workflow");
                return 0;
            }
            AgentflowNode before = workflow.Nodes[number];
            tokens = Math.Min(promptTokens[number], node.Keep ?? int.MaxValue) + Math.Max(before.Out - before.Reason, 0);
        }
        foreach (AgentflowSegment segment in node.Prompt ?? node.Add)
        {
            CheckSegment(segment, n);
            tokens += segment.Length;
        }
        if (tokens is 0 or > int.MaxValue)
        {
            Add($"the prompt of node {n} has {tokens} tokens", $"1 to {int.MaxValue}");
        }
        return tokens;
    }

    private void CheckSegment(in AgentflowSegment segment, int n)
    {
        if (!AgentflowStreamName.TryParse(segment.Stream, out AgentflowStreamName name))
        {
            Add($"stream '{segment.Stream}'", "g:NAME, u:K, x:ID, o:N (output of call N), r:N (result of tool N)");
            return;
        }
        int tokens = declaredTokens.GetValueOrDefault(segment.Stream, int.MaxValue);
        if (name.IsYielded)
        {
            NodeKind kind = name.Kind == 'o' ? NodeKind.Llm : NodeKind.Tool;
            if (name.Node >= n || workflow.Nodes[name.Node].Kind != kind)
            {
                Add($"stream '{segment.Stream}' of node {name.Node}", $"an earlier {(kind == NodeKind.Llm ? "llm" : "tool")} node of the workflow");
                return;
            }
            AgentflowNode producer = workflow.Nodes[name.Node];
            tokens = kind == NodeKind.Llm ? producer.Out : producer.Result;
        }
        long end = (long)segment.Offset + segment.Length;
        if (end > tokens)
        {
            Add($"a segment of '{segment.Stream}' ends at {end}", $"at most {tokens}, the length of the stream");
        }
    }

    private void Earlier(int number, int n, string what)
    {
        if (number >= n)
        {
            Add($"{what} is {number}", "an earlier node of the workflow");
        }
    }

    private void Add(string what, string allowed) => faults.Add(new(file, workflow.Line, what, allowed));
}
