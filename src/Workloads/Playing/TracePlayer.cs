using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Plays the agents of a trace for a backend: dependencies, guards, delays, people's pauses, users in a closed loop. It knows neither a
/// clock nor a backend: it is asked what is due and told what has ended, both with times that never go back. One event costs O(log n) and
/// no allocation once the queue has grown. Not for more than one thread at a time.
/// </summary>
public sealed class TracePlayer
{
    // Kinds of the queue beside those of PlayerEventKind; the player keeps them to itself.
    private const byte HumanReady = 100;
    private const byte HumanDone = 101;

    // A cause is twice the node, plus one if its start counts; or the workflow's arrival.
    private const int Arrival = -2;

    private readonly PlayerOptions options;
    private readonly EventHeap events = new();
    private readonly NodeProgress progress;
    private readonly int[] openNodes;
    private readonly int[] causes;
    private readonly int[] lastCauses;
    private readonly ArrivalTimes? arrivals;
    private readonly PlayQueue? plays;
    private int nextWorkflow;
    private long order;

    /// <param name="workload">The trace; it may be played by several players at once.</param>
    /// <param name="options">How to play it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The load is not a positive number or, closed loop, not a whole one, or so small that time overflows.</exception>
    /// <exception cref="TraceException">Open loop, and the trace does not say when a workflow arrives.</exception>
    public TracePlayer(Workload workload, PlayerOptions options)
    {
        CheckLoad(options);
        Workload = workload;
        this.options = options;
        progress = new NodeProgress(workload);
        openNodes = new int[workload.Workflows.Length];
        causes = new int[workload.NodeCount];
        lastCauses = new int[workload.Workflows.Length];
        if (options.Closed)
        {
            plays = new(workload);
            bool left = true;
            for (int user = 0; left && user < options.Load; user++)
            {
                left = PushNextPlay(0);
            }
        }
        else
        {
            arrivals = new ArrivalTimes(workload, options);
            PushNextArrival();
        }
    }

    /// <summary>The trace.</summary>
    public Workload Workload { get; }

    /// <summary>
    /// How many releases so far came later than what they waited for allowed, since the trace was read with
    /// <see cref="SessionStarts.Recorded"/>: there a faster engine would not make the session faster.
    /// </summary>
    public int HeldBack => progress.HeldBack;

    /// <summary>When something is due by itself next; <see cref="Instant.Never"/> if nothing is, until a node ends.</summary>
    public Instant NextDue => events.IsEmpty ? Instant.Never : new Instant(events.First.Ns);

    /// <summary>Takes the next event that is due at or before <paramref name="now"/>, by time, then by order of insertion.</summary>
    /// <returns>False if nothing more is due.</returns>
    public bool TryNext(Instant now, out PlayerEvent e)
    {
        while (!events.IsEmpty && events.First.Ns <= now.Ns)
        {
            EventHeap.Entry entry = events.Take();
            Instant at = new(entry.Ns);
            switch (entry.Kind)
            {
                case HumanReady:
                    Started(entry.Tag, entry.Ns);
                    Push((at + TimeOf(entry.Tag)).Ns, HumanDone, entry.Tag);
                    continue;
                case HumanDone:
                    NodeEnded(entry.Tag, at);
                    continue;
                case (byte)PlayerEventKind.WorkflowArrived:
                    Arrive(entry.Tag, entry.Ns);
                    break;
                case (byte)PlayerEventKind.WorkflowEnded when options.Closed && plays!.WorkflowEnded(entry.Tag):
                    PushNextPlay(entry.Ns);
                    break;
                case (byte)PlayerEventKind.CallReady or (byte)PlayerEventKind.ToolReady:
                    Started(entry.Tag, entry.Ns);
                    break;
            }
            e = new PlayerEvent((PlayerEventKind)entry.Kind, entry.Tag, at);
            return true;
        }
        e = default;
        return false;
    }

    /// <summary>The call or tool with this tag has ended, in whatever state, with its full output.</summary>
    /// <exception cref="InvalidOperationException">The node was not running.</exception>
    public void NodeEnded(int nodeTag, Instant now) => NodeEnded(nodeTag, Workload.Nodes[nodeTag].OutputTokens, now);

    /// <summary>The call or tool with this tag has ended after <paramref name="producedTokens"/> tokens; prompts that contain more are cut.</summary>
    /// <exception cref="InvalidOperationException">The node was not running.</exception>
    public void NodeEnded(int nodeTag, int producedTokens, Instant now)
    {
        progress.End(nodeTag, producedTokens);
        progress.Settled.Push(nodeTag);
        SettleAll(now.Ns, End(nodeTag));
    }

    /// <summary>The prompt of a call that is ready; outputs and results in it are cut to what was really produced. Not to be written to.</summary>
    /// <param name="nodeTag">The call.</param>
    /// <param name="tokens">Sum of the segments, at least 1.</param>
    public Segment[] Prompt(int nodeTag, out int tokens) => progress.Prompt(nodeTag, out tokens);

    /// <summary>
    /// The call as its client sends it once it is ready; the tags are those of node and workflow. One that cannot fit with the length that it
    /// would really reach, cut by its declared maximum, says so by declaring it, so that the core refuses it without knowing the truth.
    /// </summary>
    /// <param name="nodeTag">The call.</param>
    /// <param name="room">Largest prompt and output together that any worker of its stage can serve.</param>
    public CallRequest Request(int nodeTag, int room)
    {
        ref readonly Node node = ref Workload.Nodes[nodeTag];
        Segment[] prompt = Prompt(nodeTag, out int tokens);
        int declared = MaxTokens(nodeTag);
        int output = Math.Min(node.OutputTokens, declared);
        return new()
        {
            Tag = nodeTag,
            WorkflowTag = node.Workflow,
            Stage = node.Stage,
            Priority = Workload.Workflows[node.Workflow].Priority,
            Prompt = prompt,
            PromptTokens = tokens,
            MaxTokens = (long)tokens + output > room ? output : declared,
            Output = node.Output,
        };
    }

    /// <summary>What the client declares as <c>max_tokens</c>; <see cref="int.MaxValue"/> for nothing.</summary>
    public int MaxTokens(int nodeTag)
    {
        ref readonly Node node = ref Workload.Nodes[nodeTag];
        return options.DeclareMax ? node.OutputTokens : node.DeclaredMax > 0 ? node.DeclaredMax : int.MaxValue;
    }

    /// <summary>How long a tool runs or a person thinks, at most <see cref="PlayerOptions.MaxThink"/>.</summary>
    public Duration TimeOf(int nodeTag)
    {
        long ns = Workload.Nodes[nodeTag].DurationNs;
        return new Duration(options.MaxThink is { } cap ? Math.Min(ns, cap.Ns) : ns);
    }

    /// <summary>
    /// What released this node: the last of the ends and starts of others that it waited for, skipped nodes between them left out. Node −1 stands
    /// for the workflow's arrival. Only of nodes that have become ready.
    /// </summary>
    public (int Node, bool ByStart) CauseOf(int nodeTag) => Decode(causes[nodeTag]);

    /// <summary>What ended the workflow, as <see cref="CauseOf"/>. Only of workflows that have ended.</summary>
    public (int Node, bool ByStart) LastOf(int workflowTag) => Decode(lastCauses[workflowTag]);

    private void Arrive(int workflowTag, long ns)
    {
        ref readonly Workflow workflow = ref Workload.Workflows[workflowTag];
        openNodes[workflowTag] = Workload.AwaitedNodes(workflow);
        if (!options.Closed)
        {
            PushNextArrival();
        }
        for (int tag = workflow.FirstNode; tag < workflow.FirstNode + workflow.NodeCount; tag++)
        {
            bool free = progress.Expect(tag, ns);
            if (!options.Closed && Workload.ReleaseNs(tag) is long at)
            {
                long release = ns + ScaledGap(workflow, at);
                if (Workload.Guards(tag).IsEmpty)
                {
                    progress.Detach(tag);
                    causes[tag] = Arrival;
                    Push(release, ReadyKind(tag), tag);
                    continue;
                }
                progress.NotBefore(tag, release);
            }
            if (Workload.NotBeforeNs(tag) is long gap)
            {
                progress.NotBefore(tag, checked(ns + gap));
            }
            if (free)
            {
                PushReady(tag, ns, Arrival);
            }
        }
        if (openNodes[workflowTag] == 0)
        {
            lastCauses[workflowTag] = Arrival;
            Push(ns, (byte)PlayerEventKind.WorkflowEnded, workflowTag);
        }
    }

    /// <summary>A factor on the rate moves releases within a workflow as it moves arrivals.</summary>
    private long ScaledGap(in Workflow workflow, long at)
    {
        long gap = Math.Max(at - workflow.Arrival!.Value.Ns, 0);
        return options.Load == 1 ? gap : checked((long)Math.Round(gap / options.Load, MidpointRounding.ToEven));
    }

    /// <summary>Tells those that wait for its start that a node has started.</summary>
    private void Started(int nodeTag, long ns)
    {
        progress.Start(nodeTag);
        foreach (StartEdge waiting in Workload.StartDependents(nodeTag))
        {
            if (progress.OtherStarted(waiting.Node, checked(ns + waiting.DelayNs)))
            {
                Advance(waiting.Node, ns, Start(nodeTag));
            }
        }
        SettleAll(ns, Start(nodeTag));
    }

    /// <summary>A node waits for nothing more: it gets ready, or is skipped.</summary>
    private void Advance(int tag, long ns, int cause)
    {
        if (progress.GuardsHold(tag))
        {
            PushReady(tag, ns, cause);
        }
        else
        {
            progress.Skip(tag);
            progress.Settled.Push(tag);
        }
    }

    /// <summary>Passes on that nodes have ended: to nodes that waited for them, through those that are skipped, to the end of the workflow.</summary>
    private void SettleAll(long ns, int cause)
    {
        while (progress.Settled.TryPop(out int tag))
        {
            foreach (int waiting in Workload.Dependents(tag))
            {
                if (progress.DependencySettled(waiting, ns))
                {
                    Advance(waiting, ns, cause);
                }
            }
            if (progress.IsSkipped(tag))
            {
                foreach (StartEdge waiting in Workload.StartDependents(tag))
                {
                    if (progress.OtherStarted(waiting.Node, ns))
                    {
                        Advance(waiting.Node, ns, cause);
                    }
                }
            }
            int workflow = Workload.Nodes[tag].Workflow;
            if (!Workload.IsBackground(tag) && --openNodes[workflow] == 0)
            {
                lastCauses[workflow] = cause;
                Push(ns, (byte)PlayerEventKind.WorkflowEnded, workflow);
            }
        }
    }

    private byte ReadyKind(int tag) => Workload.Nodes[tag].Kind switch
    {
        NodeKind.Llm => (byte)PlayerEventKind.CallReady,
        NodeKind.Tool => (byte)PlayerEventKind.ToolReady,
        _ => HumanReady,
    };

    private void PushReady(int tag, long ns, int cause)
    {
        causes[tag] = cause;
        Push(progress.StartOf(tag, ns), ReadyKind(tag), tag);
    }

    /// <summary>A user takes the next play: its workflows come as far apart as they were recorded. False if none is left.</summary>
    private bool PushNextPlay(long ns)
    {
        if (!plays!.TryNext(out ReadOnlySpan<int> workflows))
        {
            return false;
        }
        Instant? first = Workload.Workflows[workflows[0]].Arrival;
        foreach (int workflow in workflows)
        {
            long later = Workload.Workflows[workflow].Arrival is { } own && first is { } from ? own.Ns - from.Ns : 0;
            Push(checked(ns + later), (byte)PlayerEventKind.WorkflowArrived, workflow);
        }
        return true;
    }

    /// <summary>Only the next arrival stands in the queue, since the file has them in order.</summary>
    private void PushNextArrival()
    {
        if (arrivals!.TryNext(out long ns))
        {
            Push(ns, (byte)PlayerEventKind.WorkflowArrived, nextWorkflow++);
        }
    }

    private static int End(int nodeTag) => nodeTag << 1;

    private static int Start(int nodeTag) => (nodeTag << 1) | 1;

    private static (int Node, bool ByStart) Decode(int cause) => (cause >> 1, (cause & 1) == 1);

    private void Push(long ns, byte kind, int tag) => events.Add(new EventHeap.Entry(ns, order++, kind, tag));

    private static void CheckLoad(PlayerOptions options)
    {
        bool positive = options.Load > 0 && double.IsFinite(options.Load);
        bool whole = options.Load == Math.Floor(options.Load) && options.Load <= int.MaxValue;
        if (!positive || (options.Closed && !whole))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Load, options.Closed ? "load is the number of users: a whole number from 1" : "load is a factor on the rate: a number above 0");
        }
    }
}
