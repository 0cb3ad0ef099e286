using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>Where the readers put what they have read, workflow by workflow and node by node.</summary>
internal sealed class WorkloadBuilder
{
    private readonly NameTable stages = new();
    private readonly NameTable outcomes = new();
    private readonly List<Workflow> workflows = [];
    private readonly List<Node> nodes = [];
    private readonly List<string> notes = [];
    private readonly Edges dependencies = new();
    private readonly Dictionary<int, Guard[]> guards = [];
    private readonly Dictionary<int, StartEdge[]> starts = [];
    private readonly Dictionary<int, long> releases = [];
    private readonly HashSet<int> background = [];
    private readonly Dictionary<int, long> notBefore = [];
    private readonly Dictionary<string, int> plays = [];
    private int streams;
    private long zeroOutputs;
    private long zeroPrompts;
    private int calls;
    private long promptTokens;
    private long outputTokens;

    private readonly TraceDetails? details;

    /// <param name="options">What to make of choices, and whether to keep details.</param>
    public WorkloadBuilder(TraceReadingOptions options)
    {
        Options = options;
        details = options.KeepDetails ? new() : null;
        outcomes.IndexOf("ok");
    }

    public TraceReadingOptions Options { get; }

    public bool ClosedByDefault { get; set; }

    public int NativeBlock { get; set; }

    public bool ChainedBlocks { get; set; }

    /// <summary>Set by a format whose prompts can contain what other nodes yield.</summary>
    public bool PromptsContainOutputs { get; set; }

    /// <summary>What the header declares of the workflows' programs.</summary>
    public IReadOnlyList<AgentflowProgram> Programs { get; set; } = [];

    /// <summary>The prompt being put together; the readers clear it.</summary>
    public PromptBuilder Prompt { get; } = new();

    /// <summary>Tag that the next node will get.</summary>
    public int NextTag => nodes.Count;

    public int WorkflowCount => workflows.Count;

    public StageId Stage(string name) => new(stages.IndexOf(name));

    public ushort Outcome(string name) => outcomes.IndexOf(name);

    public StreamId NewStream() => new(checked(streams++));

    public Node NodeAt(int tag) => nodes[tag];

    public void Note(string sentence) => notes.Add(sentence);

    /// <summary>Adds a call whose prompt stands in <see cref="Prompt"/>; an output, or a prompt, of 0 tokens counts as 1. Returns its tag.</summary>
    public int AddCall(StageId stage, int output, ReadOnlySpan<int> deps, StreamId stream, long delayNs = 0, int declaredMax = 0, ushort outcome = 0)
    {
        details?.Nodes.Add(new() { Kind = NodeKind.Llm, Out = output });
        calls++;
        promptTokens += Prompt.Tokens;
        outputTokens += output;
        if (output == 0)
        {
            zeroOutputs++;
            output = 1;
        }
        if (Prompt.Tokens == 0)
        {
            zeroPrompts++;
            Prompt.Add(NewStream(), 0, 1);
        }
        return Add(new Node
        {
            Kind = NodeKind.Llm, Workflow = workflows.Count, Stage = stage, Prompt = Prompt.ToArray(), PromptTokens = checked((int)Prompt.Tokens),
            OutputTokens = output, DeclaredMax = declaredMax, Output = stream, DelayNs = delayNs, Outcome = outcome,
        }, deps);
    }

    /// <summary>Adds a tool call or a person's pause. Returns its tag.</summary>
    public int AddPause(
        NodeKind kind, StageId stage, long durationNs, ReadOnlySpan<int> deps, long delayNs = 0, ushort outcome = 0, int resultTokens = 0, StreamId result = default) =>
        Add(Described(kind, new Node
        {
            Kind = kind, Workflow = workflows.Count, Stage = stage, Prompt = [], DurationNs = durationNs, OutputTokens = resultTokens, Output = result,
            DelayNs = delayNs, Outcome = outcome,
        }), deps);

    /// <summary>What is kept of a node beside what a play needs; null if nothing is.</summary>
    public AgentflowNode? Detail(int tag) => details?.Nodes[tag];

    /// <summary>Keeps the name of a stream that workflows share.</summary>
    public void NameStream(StreamId stream, string name) => details?.StreamNames.TryAdd(stream.Value, name);

    /// <summary>Tells of the source what nothing is made of, a phrase such as <c>output_types</c>.</summary>
    public void Lose(string what) => details?.Lost.Add(what);

    public void AddGuards(int tag, Guard[] conditions) => guards.Add(tag, conditions);

    public void AddStarts(int tag, StartEdge[] edges) => starts.Add(tag, edges);

    /// <summary>Open loop, the node is released at this time, from the start of the trace.</summary>
    public void AddRelease(int tag, long atNs) => releases.Add(tag, atNs);

    /// <summary>The record holds the node back: it does not start earlier than this, counted from the start of its workflow.</summary>
    public void AddNotBefore(int tag, long ns) => notBefore.Add(tag, ns);

    /// <summary>Nobody waits for the node.</summary>
    public void AddBackground(int tag) => background.Add(tag);

    /// <summary>Closes the workflow that began with the node <paramref name="firstNode"/>.</summary>
    public void AddWorkflow(
        string? name, int firstNode, Instant? arrival, string @class = "", int priority = 0, string tenant = "", AgentflowSlo? slo = null, string? play = null)
    {
        int index = workflows.Count;
        if (play is not null && !plays.TryAdd(play, index))
        {
            index = plays[play];
        }
        workflows.Add(new Workflow
        {
            Name = name, Index = workflows.Count, FirstNode = firstNode, NodeCount = nodes.Count - firstNode, Arrival = arrival, Class = Shared(@class),
            Priority = priority, Tenant = Shared(tenant), Slo = slo, Play = index,
        });
    }

    /// <summary>Spreads workflows of one arrival evenly over the time to the next, at most <paramref name="mostNs"/>.</summary>
    public void SpreadArrivals(long mostNs)
    {
        for (int first = 0, end; first < workflows.Count; first = end)
        {
            Instant tick = workflows[first].Arrival!.Value;
            end = first + 1;
            while (end < workflows.Count && workflows[end].Arrival == tick)
            {
                end++;
            }
            long width = end < workflows.Count ? Math.Min(workflows[end].Arrival!.Value.Ns - tick.Ns, mostNs) : mostNs;
            for (int i = first + 1; i < end; i++)
            {
                long later = (long)((Int128)width * (i - first) / (end - first));
                workflows[i] = workflows[i] with { Arrival = new Instant(checked(tick.Ns + later)) };
            }
        }
    }

    public Workload Build(string source, string format, string sha256)
    {
        if (zeroOutputs > 0)
        {
            notes.Add($"zero-length outputs counted as 1: {zeroOutputs}");
        }
        if (zeroPrompts > 0)
        {
            notes.Add($"empty prompts counted as 1 token: {zeroPrompts}");
        }
        return new Workload(dependencies, guards, starts, releases, notBefore, background, PromptsContainOutputs ? Producers() : null)
        {
            Source = source, Format = format, Sha256 = sha256, Stages = stages.ToArray(), Outcomes = outcomes.ToArray(), Workflows = [.. workflows],
            Nodes = [.. nodes], StreamCount = streams, ClosedByDefault = ClosedByDefault, NativeBlock = NativeBlock, ChainedBlocks = ChainedBlocks,
            Notes = [.. notes], Totals = new TraceTotals(calls, promptTokens, outputTokens),
            Programs = [.. Programs], Details = details,
        };
    }

    /// <summary>One object for texts that many workflows have.</summary>
    private static string Shared(string text) => text.Length == 0 ? "" : string.Intern(text);

    private Node Described(NodeKind kind, Node node)
    {
        details?.Nodes.Add(new() { Kind = kind });
        return node;
    }

    private int Add(Node node, ReadOnlySpan<int> deps)
    {
        nodes.Add(node);
        dependencies.Add(deps);
        return nodes.Count - 1;
    }

    private int[] Producers()
    {
        int[] producers = new int[streams];
        Array.Fill(producers, -1);
        for (int tag = 0; tag < nodes.Count; tag++)
        {
            if (nodes[tag].Kind != NodeKind.Human)
            {
                producers[nodes[tag].Output.Value] = tag;
            }
        }
        return producers;
    }
}
