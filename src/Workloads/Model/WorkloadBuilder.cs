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
    private readonly Dictionary<string, int> plays = [];
    private readonly SortedSet<ushort> callStages = [];
    private Edges dependencies = new();
    private NodeFacts facts = new();
    private ArrivalSpan arrivals;
    private bool hasGuards;
    private bool hasPromises;
    private int firstTag;
    private int firstWorkflow;
    private int firstStream;
    private int streams;
    private long zeroOutputs;
    private long zeroPrompts;
    private int calls;
    private long promptTokens;
    private long outputTokens;

    private readonly List<AgentflowNode>? details;
    private readonly List<string> lost = [];

    /// <param name="options">What to make of choices, and whether to keep details.</param>
    public WorkloadBuilder(TraceReadingOptions options)
    {
        Options = options;
        details = options.KeepDetails ? [] : null;
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

    /// <summary>See <see cref="Workload.Databases"/>.</summary>
    public IReadOnlyList<TraceDatabase> Databases { get; set; } = [];

    /// <summary>The prompt being put together; the readers clear it.</summary>
    public PromptBuilder Prompt { get; } = new();

    /// <summary>Tag that the next node will get.</summary>
    public int NextTag => firstTag + nodes.Count;

    public int WorkflowCount => firstWorkflow + workflows.Count;

    /// <summary>Nodes since the part before was taken.</summary>
    public int NodesOfPart => nodes.Count;

    /// <summary>True if several workflows so far are replayed as one.</summary>
    public bool HasPlaysOfSeveral { get; private set; }

    public StageId Stage(string name) => new(stages.IndexOf(name));

    public ushort Outcome(string name) => outcomes.IndexOf(name);

    public StreamId NewStream() => new(checked(streams++));

    public Node NodeAt(int tag) => nodes[tag - firstTag];

    public void Note(string sentence) => notes.Add(sentence);

    /// <summary>Adds a call whose prompt stands in <see cref="Prompt"/>; an output, or a prompt, of 0 tokens counts as 1. Returns its tag.</summary>
    public int AddCall(StageId stage, int output, ReadOnlySpan<int> deps, StreamId stream, long delayNs = 0, int declaredMax = 0, ushort outcome = 0)
    {
        details?.Add(new() { Kind = NodeKind.Llm, Out = output });
        calls++;
        callStages.Add(stage.Value);
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
            Kind = NodeKind.Llm, Workflow = WorkflowCount, Stage = stage, Prompt = Prompt.ToArray(), PromptTokens = checked((int)Prompt.Tokens),
            OutputTokens = output, DeclaredMax = declaredMax, Output = stream, DelayNs = delayNs, Outcome = outcome,
        }, deps);
    }

    /// <summary>Adds a tool call or a person's pause. Returns its tag.</summary>
    public int AddPause(
        NodeKind kind, StageId stage, long durationNs, ReadOnlySpan<int> deps, long delayNs = 0, ushort outcome = 0, int resultTokens = 0, StreamId result = default) =>
        Add(Described(kind, new Node
        {
            Kind = kind, Workflow = WorkflowCount, Stage = stage, Prompt = [], DurationNs = durationNs, OutputTokens = resultTokens, Output = result,
            DelayNs = delayNs, Outcome = outcome,
        }), deps);

    /// <summary>What is kept of a node beside what a play needs; null if nothing is.</summary>
    public AgentflowNode? Detail(int tag) => details?[tag - firstTag];

    /// <summary>Keeps the name of a stream that workflows share.</summary>
    public void NameStream(StreamId stream, string name) => StreamNames.TryAdd(stream.Value, name);

    /// <summary>
    /// Workflows share this stream. To be told by formats that add workflows line by line, before the first of them; in others it shows.
    /// </summary>
    public void ShareStream(StreamId stream) => SharedStreams.Add(stream.Value);

    /// <summary>Names of shared streams, by their ids, for those that have one.</summary>
    public SortedDictionary<int, string> StreamNames { get; } = [];

    /// <summary>See <see cref="ShareStream"/>.</summary>
    public SortedSet<int> SharedStreams { get; } = [];

    /// <summary>What was changed or counted so far.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Fields of the source that nothing is made of.</summary>
    public IReadOnlyList<string> Lost => lost;

    /// <summary>The name of a stage.</summary>
    public string NameOf(StageId stage) => stages[stage.Value];

    /// <summary>The name of an outcome.</summary>
    public string OutcomeName(ushort outcome) => outcomes[outcome];

    /// <summary>Tells of the source what nothing is made of, a phrase such as <c>output_types</c>.</summary>
    public void Lose(string what) => lost.Add(what);

    public void AddGuards(int tag, Guard[] conditions)
    {
        facts.Guards.Add(tag, conditions);
        hasGuards = true;
    }

    public void AddStarts(int tag, StartEdge[] edges) => facts.Starts.Add(tag, edges);

    /// <summary>Open loop, the node is released at this time, from the start of the trace.</summary>
    public void AddRelease(int tag, long atNs) => facts.Releases.Add(tag, atNs);

    /// <summary>The record holds the node back: it does not start earlier than this, counted from the start of its workflow.</summary>
    public void AddNotBefore(int tag, long ns) => facts.NotBefore.Add(tag, ns);

    /// <summary>Nobody waits for the node.</summary>
    public void AddBackground(int tag) => facts.Background.Add(tag);

    /// <summary>What is promised for a node by itself.</summary>
    public void AddPromise(int tag, AgentflowSlo slo)
    {
        facts.Promises.Add(tag, slo);
        hasPromises = true;
    }

    /// <summary>What a tool really does.</summary>
    public void AddRun(int tag, ToolRun run) => facts.Runs.Add(tag, run);

    /// <summary>Closes the workflow that began with the node <paramref name="firstNode"/>.</summary>
    public void AddWorkflow(
        string? name, int firstNode, Instant? arrival, string @class = "", int priority = 0, string tenant = "", AgentflowSlo? slo = null, string? play = null)
    {
        int index = WorkflowCount;
        if (play is not null && !plays.TryAdd(play, index))
        {
            index = plays[play];
            HasPlaysOfSeveral = true;
        }
        hasPromises |= slo is not null;
        workflows.Add(new Workflow
        {
            Name = name, Index = WorkflowCount, FirstNode = firstNode, NodeCount = NextTag - firstNode, Arrival = arrival, Class = Shared(@class),
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
        NoteZeros();
        WorkloadPart whole = TakePart();
        return new Workload(whole)
        {
            Source = source, Format = format, Sha256 = sha256, Stages = stages.ToArray(), Outcomes = outcomes.ToArray(), CallStages = CallStages,
            HasGuards = hasGuards, HasPromises = hasPromises, Arrivals = arrivals, StreamCount = streams, ClosedByDefault = ClosedByDefault, NativeBlock = NativeBlock, ChainedBlocks = ChainedBlocks,
            Notes = [.. notes], Totals = new TraceTotals(calls, promptTokens, outputTokens),
            Programs = [.. Programs], Databases = Databases,
        };
    }

    /// <summary>What is known of all parts that were taken, without the workflows themselves.</summary>
    /// <param name="parts">Reads them again.</param>
    public StreamedTrace Survey(string source, string format, Func<IEnumerable<WorkloadPart>> parts)
    {
        NoteZeros();
        return new StreamedTrace(parts)
        {
            Source = source, Format = format, Stages = stages.ToArray(), Outcomes = outcomes.ToArray(), Databases = Databases, CallStages = CallStages, HasGuards = hasGuards, HasPromises = hasPromises, Arrivals = arrivals,
            WorkflowCount = WorkflowCount, NodeCount = NextTag, ClosedByDefault = ClosedByDefault, Notes = [.. notes],
            Totals = new TraceTotals(calls, promptTokens, outputTokens),
        };
    }

    /// <summary>The workflows since the part before was taken; the builder lets go of them.</summary>
    public WorkloadPart TakePart()
    {
        foreach (Workflow workflow in workflows)
        {
            arrivals = arrivals.With(workflow);
        }
        WorkloadPart part = new(dependencies, facts, firstTag, PromptsContainOutputs ? Producers() : null)
        {
            FirstWorkflow = firstWorkflow, Workflows = [.. workflows], Nodes = [.. nodes], Details = details is null ? null : [.. details], FirstStream = firstStream,
            EndStream = streams,
        };
        details?.Clear();
        (firstTag, firstWorkflow, firstStream) = (NextTag, WorkflowCount, streams);
        (dependencies, facts) = (new(), new());
        nodes.Clear();
        workflows.Clear();
        return part;
    }

    private IReadOnlyList<StageId> CallStages => [.. callStages.Select(stage => new StageId(stage))];

    /// <summary>To be called once, behind the last workflow.</summary>
    public void NoteZeros()
    {
        if (zeroOutputs > 0)
        {
            notes.Add($"zero-length outputs counted as 1: {zeroOutputs}");
        }
        if (zeroPrompts > 0)
        {
            notes.Add($"empty prompts counted as 1 token: {zeroPrompts}");
        }
    }

    /// <summary>One object for texts that many workflows have.</summary>
    private static string Shared(string text) => text.Length == 0 ? "" : string.Intern(text);

    private Node Described(NodeKind kind, Node node)
    {
        details?.Add(new() { Kind = kind });
        return node;
    }

    private int Add(Node node, ReadOnlySpan<int> deps)
    {
        nodes.Add(node);
        dependencies.Add(deps);
        return NextTag - 1;
    }

    private int[] Producers()
    {
        int[] producers = new int[streams - firstStream];
        Array.Fill(producers, -1);
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Kind != NodeKind.Human)
            {
                producers[nodes[i].Output.Value - firstStream] = firstTag + i;
            }
        }
        return producers;
    }
}
