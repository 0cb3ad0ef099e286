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

    private readonly PlayerOptions options;
    private readonly EventHeap events = new();
    private readonly PlayedParts parts;
    private readonly ArrivalTimes? arrivals;
    private readonly PlayQueue? plays;
    private readonly Snapshot? snapshot;
    private readonly RunWindow window;
    private long order;

    /// <param name="trace">The trace; it may be played by several players at once.</param>
    /// <param name="options">How to play it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The load is not a positive number or, closed loop, not a whole one, or so small that time overflows; or the snapshot is none.</exception>
    /// <exception cref="TraceException">Open loop, and the trace does not say when a workflow arrives.</exception>
    public TracePlayer(ITrace trace, PlayerOptions options)
    {
        options.Check();
        window = new(options);
        Trace = trace;
        this.options = options;
        parts = new(trace, options.MaxThink?.Ns ?? long.MaxValue);
        if (options.Closed)
        {
            plays = new(parts);
            snapshot = options.Snapshot is { } cuts ? new(cuts) : null;
            for (int user = 0; user < options.Load && plays.TryNext(out ReadOnlySpan<int> play); user++)
            {
                int over = snapshot?.Cut(play, parts) ?? 0;
                plays.Leave(play[..over]);
                PushPlay(play[over..], 0);
            }
        }
        else
        {
            arrivals = new ArrivalTimes(trace, options);
            PushNextArrival();
        }
        LookAtBarrier(0);
    }

    /// <summary>The trace.</summary>
    public ITrace Trace { get; }

    /// <summary>
    /// How many releases so far came later than what they waited for allowed, since the trace was read with
    /// <see cref="SessionStarts.Recorded"/>: there a faster engine would not make the session faster.
    /// </summary>
    public int HeldBack => parts.HeldBack;

    /// <summary>How many parts of the trace are in memory for the play.</summary>
    public int PartsHeld => parts.Count;

    /// <summary>Where the measured run begins: at 0, or at the barrier of a primed snapshot; <see cref="Instant.Never"/> until that is reached.</summary>
    public Instant MeasuredFrom => window.From;

    /// <summary>When the run is to be ended, whatever is still under way; <see cref="Instant.Never"/> if it goes on until all has ended.</summary>
    public Instant Deadline => window.Deadline;

    /// <summary>When something is due by itself next; <see cref="Instant.Never"/> if nothing is, until a node ends.</summary>
    public Instant NextDue => events.IsEmpty ? Instant.Never : new Instant(events.First.Ns);

    /// <summary>Takes the next event that is due at or before <paramref name="now"/>, by time, then by order of insertion.</summary>
    /// <returns>False if nothing more is due.</returns>
    public bool TryNext(Instant now, out PlayerEvent e)
    {
        parts.Drop();
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
                case (byte)PlayerEventKind.WorkflowEnded:
                    End(entry.Tag, entry.Ns);
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

    /// <summary>
    /// The call or tool with this tag has ended. Prompts that contain more than it produced are cut. After a call that was not finished its agent
    /// goes on as if it had been, with its full output, so that the rest of the workflow is still played.
    /// </summary>
    /// <param name="nodeTag">The call or tool.</param>
    /// <param name="now">When.</param>
    /// <param name="producedTokens">Tokens that it produced; null: its full output.</param>
    /// <exception cref="InvalidOperationException">The node was not running.</exception>
    public void NodeEnded(int nodeTag, Instant now, int? producedTokens = null)
    {
        PlayedPart played = parts.OfNode(nodeTag);
        played.Progress.End(nodeTag, producedTokens ?? NodeOf(nodeTag).OutputTokens);
        played.Progress.Settled.Push(nodeTag);
        SettleAll(played, now.Ns, Cause.End(nodeTag));
        snapshot?.Ended(nodeTag);
        LookAtBarrier(now.Ns);
    }

    /// <summary>A tool that was really run has ended. How it came out decides which way its workflow goes; its result has the tokens that the trace says.</summary>
    /// <exception cref="InvalidOperationException">The node was not running.</exception>
    public void ToolEnded(int nodeTag, ushort outcome, Instant now)
    {
        parts.OfNode(nodeTag).Progress.ComeOut(nodeTag, outcome);
        NodeEnded(nodeTag, now);
    }

    /// <inheritdoc cref="Workload.PromiseOf"/>
    public AgentflowSlo? PromiseOf(int nodeTag) => parts.OfNode(nodeTag).Part.PromiseOf(nodeTag);

    /// <inheritdoc cref="Workload.RunOf"/>
    public ToolRun? RunOf(int nodeTag) => parts.OfNode(nodeTag).Part.RunOf(nodeTag);

    /// <summary>
    /// The number of an outcome that a tool came to by itself; <see cref="ushort.MaxValue"/> if the trace does not know such a one, so that no guard asks
    /// for it.
    /// </summary>
    public ushort OutcomeNamed(string label) => Array.IndexOf(Trace.Outcomes, label) is >= 0 and int index ? (ushort)index : ushort.MaxValue;

    /// <summary>A node of a workflow that has arrived and not yet ended; of a trace in memory, any node.</summary>
    public ref readonly Node NodeOf(int nodeTag) => ref parts.OfNode(nodeTag).Part.NodeOf(nodeTag);

    /// <summary>A workflow that has arrived and not yet ended; of a trace in memory, any workflow.</summary>
    public ref readonly Workflow WorkflowOf(int workflowTag) => ref parts.OfWorkflow(workflowTag).Part.WorkflowOf(workflowTag);

    /// <inheritdoc cref="Workload.IsBackground"/>
    public bool IsBackground(int nodeTag) => parts.OfNode(nodeTag).Part.IsBackground(nodeTag);

    /// <summary>The prompt of a call that is ready; outputs and results in it are cut to what was really produced. Not to be written to.</summary>
    /// <param name="nodeTag">The call.</param>
    /// <param name="tokens">Sum of the segments, at least 1.</param>
    public Segment[] Prompt(int nodeTag, out int tokens) => parts.OfNode(nodeTag).Progress.Prompt(nodeTag, out tokens);

    /// <summary>
    /// The call as its client sends it once it is ready; the tags are those of node and workflow. One that cannot fit with the length that it
    /// would really reach, cut by its declared maximum, says so by declaring it, so that the core refuses it without knowing the truth.
    /// </summary>
    /// <param name="nodeTag">The call.</param>
    /// <param name="room">Largest prompt and output together that any worker of its stage can serve.</param>
    public CallRequest Request(int nodeTag, int room)
    {
        ref readonly Node node = ref NodeOf(nodeTag);
        Segment[] prompt = Prompt(nodeTag, out int tokens);
        int declared = MaxTokens(nodeTag);
        int output = Math.Min(node.OutputTokens, declared);
        return new()
        {
            Tag = nodeTag,
            WorkflowTag = node.Workflow,
            Stage = node.Stage,
            Priority = WorkflowOf(node.Workflow).Priority,
            Prompt = prompt,
            PromptTokens = tokens,
            MaxTokens = (long)tokens + output > room ? output : declared,
            Output = node.Output,
        };
    }

    /// <summary>What the client declares as <c>max_tokens</c>; <see cref="int.MaxValue"/> for nothing.</summary>
    public int MaxTokens(int nodeTag)
    {
        ref readonly Node node = ref NodeOf(nodeTag);
        return options.DeclareMax ? node.OutputTokens : node.DeclaredMax > 0 ? node.DeclaredMax : int.MaxValue;
    }

    /// <summary>How long a tool runs or a person thinks, at most <see cref="PlayerOptions.MaxThink"/>.</summary>
    public Duration TimeOf(int nodeTag)
    {
        long ns = NodeOf(nodeTag).DurationNs;
        return new Duration(options.MaxThink is { } cap ? Math.Min(ns, cap.Ns) : ns);
    }

    /// <summary>
    /// What released this node: the last of the ends and starts of others that it waited for, skipped nodes between them left out. Node −1 stands
    /// for the workflow's arrival. Only of nodes that have become ready.
    /// </summary>
    public (int Node, bool ByStart) CauseOf(int nodeTag) => Cause.Decode(parts.OfNode(nodeTag).CauseOf(nodeTag));

    /// <summary>What ended the workflow, as <see cref="CauseOf"/>. Only of workflows that have ended.</summary>
    public (int Node, bool ByStart) LastOf(int workflowTag) => Cause.Decode(parts.OfWorkflow(workflowTag).LastOf(workflowTag));

    private void Arrive(int workflowTag, long ns)
    {
        PlayedPart played = parts.OfWorkflow(workflowTag);
        (WorkloadPart part, NodeProgress progress) = (played.Part, played.Progress);
        ref readonly Workflow workflow = ref part.WorkflowOf(workflowTag);
        ref int open = ref played.OpenNodesOf(workflowTag);
        open = part.AwaitedNodes(workflow);
        if (!options.Closed)
        {
            PushNextArrival();
        }
        SnapshotStart start = snapshot?.Begin(played, workflow) ?? SnapshotStart.AtBeginning;
        bool nothing = open == 0;
        int first = workflow.FirstNode + start.Over, end = workflow.FirstNode + workflow.NodeCount;
        for (int tag = first; tag < end; tag++)
        {
            progress.Expect(tag, ns);
        }
        for (int tag = first; tag < end; tag++)
        {
            if (!options.Closed && part.ReleaseNs(tag) is long at)
            {
                long release = ns + arrivals!.GapOf(workflow, at);
                if (part.Guards(tag).IsEmpty)
                {
                    progress.Detach(tag);
                    played.CauseOf(tag) = Cause.Arrival;
                    Push(release, ReadyKind(part, tag), tag);
                    continue;
                }
                progress.NotBefore(tag, release);
            }
            if (part.NotBeforeNs(tag) is long gap)
            {
                progress.NotBefore(tag, checked(ns + Math.Max(gap - start.RecordedNs, 0)));
            }
            if (progress.IsFree(tag))
            {
                Advance(played, tag, ns, Cause.Arrival);
            }
        }
        if (nothing)
        {
            played.LastOf(workflowTag) = Cause.Arrival;
            Push(ns, (byte)PlayerEventKind.WorkflowEnded, workflowTag);
        }
        SettleAll(played, ns, Cause.Arrival);
        if (start.Primer >= 0)
        {
            played.CauseOf(start.Primer) = Cause.Arrival;
            Push(ns, (byte)PlayerEventKind.CallReady, start.Primer);
        }
        LookAtBarrier(ns);
    }

    private void End(int workflowTag, long ns)
    {
        PlayedPart played = parts.OfWorkflow(workflowTag);
        played.WorkflowEnded();
        parts.Look(played);
        if (options.Closed && plays!.WorkflowEnded(played.Part.WorkflowOf(workflowTag)) && plays.TryNext(out ReadOnlySpan<int> play))
        {
            PushPlay(play, ns);
        }
    }

    /// <summary>Tells those that wait for its start that a node has started.</summary>
    private void Started(int nodeTag, long ns)
    {
        PlayedPart played = parts.OfNode(nodeTag);
        played.Progress.Start(nodeTag);
        foreach (StartEdge waiting in played.Part.StartDependents(nodeTag))
        {
            if (played.Progress.OtherStarted(waiting.Node, checked(ns + waiting.DelayNs)))
            {
                Advance(played, waiting.Node, ns, Cause.Start(nodeTag));
            }
        }
        SettleAll(played, ns, Cause.Start(nodeTag));
    }

    /// <summary>A node waits for nothing more: it gets ready, or is skipped.</summary>
    private void Advance(PlayedPart played, int tag, long ns, int cause)
    {
        if (played.Progress.GuardsHold(tag))
        {
            PushReady(played, tag, ns, cause);
        }
        else
        {
            played.Progress.Skip(tag);
            played.Progress.Settled.Push(tag);
        }
    }

    /// <summary>Passes on that nodes have ended: to nodes that waited for them, through those that are skipped, to the end of the workflow.</summary>
    private void SettleAll(PlayedPart played, long ns, int cause)
    {
        (WorkloadPart part, NodeProgress progress) = (played.Part, played.Progress);
        while (progress.Settled.TryPop(out int tag))
        {
            foreach (int waiting in part.Dependents(tag))
            {
                if (progress.DependencySettled(waiting, ns))
                {
                    Advance(played, waiting, ns, cause);
                }
            }
            if (progress.IsSkipped(tag))
            {
                foreach (StartEdge waiting in part.StartDependents(tag))
                {
                    if (progress.OtherStarted(waiting.Node, ns))
                    {
                        Advance(played, waiting.Node, ns, cause);
                    }
                }
            }
            int workflow = part.NodeOf(tag).Workflow;
            if (!part.IsBackground(tag) && --played.OpenNodesOf(workflow) == 0)
            {
                played.LastOf(workflow) = cause;
                Push(ns, (byte)PlayerEventKind.WorkflowEnded, workflow);
            }
        }
        parts.Look(played);
    }

    private static byte ReadyKind(WorkloadPart part, int tag) => part.NodeOf(tag).Kind switch
    {
        NodeKind.Llm => (byte)PlayerEventKind.CallReady,
        NodeKind.Tool => (byte)PlayerEventKind.ToolReady,
        _ => HumanReady,
    };

    private void PushReady(PlayedPart played, int tag, long ns, int cause)
    {
        played.CauseOf(tag) = cause;
        if (!window.IsOpen)
        {
            snapshot!.Held.Add((played, tag));
            return;
        }
        Push(played.Progress.StartOf(tag, ns), ReadyKind(played.Part, tag), tag);
    }

    /// <summary>Once caches are primed, the run begins.</summary>
    private void LookAtBarrier(long ns)
    {
        if (window.IsOpen || !snapshot!.IsOpen)
        {
            return;
        }
        window.Open(new(ns));
        foreach ((PlayedPart played, int tag) in snapshot.Held)
        {
            Push(played.Progress.StartOf(tag, ns), ReadyKind(played.Part, tag), tag);
        }
        snapshot.Held.Clear();
    }

    /// <summary>A user takes a play: its workflows come as far apart as they were recorded.</summary>
    private void PushPlay(ReadOnlySpan<int> workflows, long ns)
    {
        Instant? first = WorkflowOf(workflows[0]).Arrival;
        foreach (int workflow in workflows)
        {
            long later = WorkflowOf(workflow).Arrival is { } own && first is { } from ? own.Ns - from.Ns : 0;
            Push(checked(ns + later), (byte)PlayerEventKind.WorkflowArrived, workflow);
        }
    }

    /// <summary>Only the next arrival stands in the queue, since the file has them in order.</summary>
    private void PushNextArrival()
    {
        if (parts.TryNextWorkflow(out Workflow workflow))
        {
            Push(arrivals!.Of(workflow), (byte)PlayerEventKind.WorkflowArrived, workflow.Index);
        }
    }

    /// <summary>What would start too late never does; that a workflow has ended is told at any time.</summary>
    private void Push(long ns, byte kind, int tag)
    {
        if (ns < window.NoMoreFrom.Ns || kind == (byte)PlayerEventKind.WorkflowEnded)
        {
            events.Add(new EventHeap.Entry(ns, order++, kind, tag));
        }
    }
}
