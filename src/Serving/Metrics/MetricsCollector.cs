using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Measures a run from the core's observer stream: 48 bytes a call, kept as integers and summed up at the end, so that quantiles are exact but those of
/// the gaps between tokens, which are counted by size.
/// Definitions: <c>docs/metrics.md</c>.
/// </summary>
public sealed class MetricsCollector : IServingObserver, IDisposable
{
    private readonly BlameCollector? blame;
    private readonly IPromises? promises;
    private readonly WorkflowTimes workflows;
    private readonly TokenGaps? gaps;
    private readonly long[] ended = new long[Enum.GetValues<CallState>().Length];
    private Instant firstArrival = Instant.Never;
    private Instant lastEnd = Instant.Zero;
    private long arrived;
    private readonly long[] refusals = new long[Enum.GetValues<RefusalReason>().Length];
    private long heldByMemory;
    private long heldBySequences;
    private long heldByTokenBudget;
    private long preemptions;
    private long preemptedCalls;
    private long promptTokens;
    private long outputTokens;
    private long hitTokens;

    /// <param name="causes">What released what, for <see cref="RunSummary.Blame"/>; null: nobody is blamed.</param>
    /// <param name="promises">Bounds of single calls and workflows; null: there are none.</param>
    /// <param name="pages">Room that an earlier run has left; null: new room.</param>
    /// <param name="withItl">Gaps between tokens are counted, for <see cref="RunSummary.Itl"/>.</param>
    public MetricsCollector(IWorkflowCauses? causes = null, IPromises? promises = null, MetricsPages? pages = null, bool withItl = false)
    {
        pages ??= new();
        this.promises = promises;
        blame = causes is null ? null : new(causes, pages);
        workflows = new(pages.Workflows);
        gaps = withItl ? pages.Gaps : null;
        Calls = new(pages.Calls);
    }

    /// <summary>The calls that were scheduled.</summary>
    public CallLog Calls { get; }

    /// <summary>Arrival and last end of the workflows that ended with all their calls finished, in the order of handles.</summary>
    public IEnumerable<(Instant Arrived, Instant End)> FinishedWorkflows => workflows.Finished().Select(workflow => (workflow.Arrived, workflow.End));

    /// <summary>Arrival and end of all workflows that arrived, in the order of handles; those that have not ended end never.</summary>
    public IEnumerable<(Instant Arrived, Instant End)> Workflows => workflows.All();

    /// <summary>First arrival; <see cref="Instant.Never"/> if nothing arrived.</summary>
    public Instant FirstArrival => firstArrival;

    public void WorkflowArrived(int tag, Instant at)
    {
        workflows.Arrive(tag, at);
        blame?.WorkflowArrived(tag, at);
        NoteArrival(at);
    }

    public void WorkflowEnded(int tag, Instant at)
    {
        workflows.End(tag, at, promises?.OfWorkflow(tag));
        blame?.WorkflowEnded(tag, at);
        NoteEnd(at);
    }

    public void CallArrived(int tag, Instant at)
    {
        arrived++;
        NoteArrival(at);
    }

    public void CallEnded(in CallRecord record)
    {
        ended[(int)record.State]++;
        workflows.CallEnded(record);
        blame?.CallEnded(record);
        promptTokens += record.PromptTokens;
        outputTokens += record.OutputTokens;
        hitTokens += record.HitTokens;
        refusals[(int)record.Refusal]++;
        heldByMemory += (record.HeldBy & HoldReasons.Memory) != 0 ? 1 : 0;
        heldBySequences += (record.HeldBy & HoldReasons.Sequences) != 0 ? 1 : 0;
        heldByTokenBudget += (record.HeldBy & HoldReasons.TokenBudget) != 0 ? 1 : 0;
        preemptions += record.Preemptions;
        preemptedCalls += record.Preemptions > 0 ? 1 : 0;
        if (record.Scheduled != Instant.Never)
        {
            MeasuredCall call = MeasuredCall.Of(record);
            Calls.Add(promises is null ? call : call.With(promises.OfCall(record.Tag)));
        }
        if (record.End != Instant.Never)
        {
            NoteEnd(record.End);
        }
    }

    public void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at) => gaps?.StepEnded(result, tokens, at);

    public void ToolStarted(int tag, Instant at) => blame?.ToolStarted(tag, at);

    public void ToolEnded(int tag, Instant at) => blame?.ToolEnded(tag, at);

    /// <summary>When the last call or workflow ended; with calls that are unfinished, when the run was ended.</summary>
    public Instant Last(Instant end) => ended[(int)CallState.Unfinished] > 0 && end > lastEnd ? end : lastEnd;

    /// <summary>The metrics of all that was seen so far. May be asked more than once.</summary>
    /// <param name="end">When the run was ended; unfinished calls lasted until then.</param>
    /// <param name="slo">Bounds for goodput.</param>
    /// <param name="warmup">
    /// End of the warm-up; null: none. Times and hits are then of the calls and workflows that became ready (arrived) at it or later, goodput and
    /// <see cref="RunSummary.WarmThroughput"/> of those that ended after it. Counts and all else are over the whole run.
    /// </param>
    public RunSummary Summarise(Instant end, SloBounds slo, Instant? warmup = null)
    {
        Instant last = Last(end);
        Instant from = warmup ?? Instant.Zero;
        Duration makespan = firstArrival == Instant.Never ? Duration.Zero : last - firstArrival;
        Duration warm = warmup > firstArrival ? last - from : makespan;
        FinishedWork all = default;
        FinishedWork late = default;
        var times = new CallTimes(Calls, from);
        long goodCalls = 0;
        for (int index = 0; index < Calls.Count; index++)
        {
            ref readonly MeasuredCall call = ref Calls[index];
            if (call.HasFinished)
            {
                all.Add(call);
                if (warmup is null || call.End > from)
                {
                    late.Add(call);
                    goodCalls += slo.Meets(call) ? 1 : 0;
                }
            }
        }
        List<long> workflowTimes = [];
        long goodWorkflows = 0;
        BlameSum blamed = default;
        foreach ((int tag, Instant arrival, Instant lastOfWorkflow, Duration? own) in workflows.Finished())
        {
            Duration time = lastOfWorkflow - arrival;
            all.Workflows++;
            if (warmup is null || lastOfWorkflow > from)
            {
                late.Workflows++;
                goodWorkflows += slo.Meets(time, own) ? 1 : 0;
            }
            if (arrival >= from)
            {
                workflowTimes.Add(time.Ns);
                blame?.AddTo(ref blamed, tag);
            }
        }
        return new()
        {
            Totals = Totals(all.Workflows),
            Makespan = firstArrival == Instant.Never ? null : makespan.Seconds,
            Throughput = all.Over(makespan),
            WarmThroughput = late.Over(warm),
            GoodputCalls = FinishedWork.Rate(goodCalls, warm),
            GoodputWorkflows = FinishedWork.Rate(goodWorkflows, warm),
            HitRate = times.HitRate,
            Ttft = times.Ttft,
            Tpot = times.Tpot,
            Itl = gaps?.Summarise(warmup) ?? default,
            E2e = times.E2e,
            Queue = times.Queue,
            Workflow = Distribution.Of(workflowTimes.ToArray()),
            Blame = blamed.Mean,
        };
    }

    /// <summary>Where the time of a workflow went; null of one that has not ended, and without causes.</summary>
    public WorkflowBlame? BlameOf(int workflow) => blame?[workflow];

    /// <summary>The blame of each finished workflow that arrived at <paramref name="from"/> or later, in the order of their handles; none without causes.</summary>
    public IEnumerable<(int Tag, WorkflowBlame Blame)> FinishedBlame(Instant from)
    {
        foreach ((int tag, Instant arrived, _, _) in workflows.Finished())
        {
            if (arrived >= from && blame?[tag] is { } parts)
            {
                yield return (tag, parts);
            }
        }
    }

    /// <summary>Gives back the room: calls, workflows and their blame are forgotten.</summary>
    public void Dispose()
    {
        Calls.Clear();
        gaps?.Clear();
        workflows.Clear();
        blame?.Clear();
    }

    private RunCounts Totals(long workflowsFinished) => new()
    {
        Workflows = workflows.Arrived,
        WorkflowsEnded = workflows.Ended,
        WorkflowsFinished = workflowsFinished,
        Calls = arrived,
        Finished = ended[(int)CallState.Finished],
        Refused = ended[(int)CallState.Refused],
        Cancelled = ended[(int)CallState.Cancelled],
        Failed = ended[(int)CallState.Failed],
        Unfinished = ended[(int)CallState.Unfinished],
        RefusedForModelLength = refusals[(int)RefusalReason.ModelLength],
        RefusedForKvMemory = refusals[(int)RefusalReason.KvMemory],
        HeldByMemory = heldByMemory,
        HeldBySequences = heldBySequences,
        HeldByTokenBudget = heldByTokenBudget,
        Preemptions = preemptions,
        PreemptedCalls = preemptedCalls,
        PromptTokens = promptTokens,
        OutputTokens = outputTokens,
        HitTokens = hitTokens,
    };

    private void NoteArrival(Instant at) => firstArrival = at < firstArrival ? at : firstArrival;

    private void NoteEnd(Instant at) => lastEnd = at > lastEnd ? at : lastEnd;
}
