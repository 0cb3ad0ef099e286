using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// Measures a run from the core's observer stream: at most 28 bytes a call, kept as integers and summed up at the end, so that quantiles
/// are exact. Definitions: <c>docs/metrics.md</c>.
/// </summary>
/// <param name="warmup">
/// Calls and workflows that end at it or before do not count for <see cref="RunSummary.WarmThroughput"/>; null for no warm-up. All else is
/// over the whole run.
/// </param>
/// <param name="causes">What released what, for <see cref="RunSummary.Blame"/>; null: nobody is blamed.</param>
public sealed class MetricsCollector(Instant? warmup = null, IWorkflowCauses? causes = null) : IServingObserver
{
    private readonly BlameCollector? blame = causes is null ? null : new(causes);
    private readonly FinishedCalls calls = new();
    private readonly List<long> queue = [];
    private readonly WorkflowTimes workflows = new();
    private readonly long[] ended = new long[Enum.GetValues<CallState>().Length];
    private FinishedWork finished;
    private FinishedWork warmFinished;
    private Instant firstArrival = Instant.Never;
    private Instant lastEnd = Instant.Zero;
    private long arrived;
    private long preemptions;
    private long preemptedCalls;
    private long promptTokens;
    private long outputTokens;
    private long hitTokens;
    private long scheduledPromptTokens;

    public void WorkflowArrived(int tag, Instant at)
    {
        workflows.Arrive(tag, at);
        blame?.WorkflowArrived(tag, at);
        NoteArrival(at);
    }

    public void WorkflowEnded(int tag, Instant at)
    {
        workflows.End(tag, at);
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
        preemptions += record.Preemptions;
        preemptedCalls += record.Preemptions > 0 ? 1 : 0;
        if (record.Scheduled != Instant.Never)
        {
            queue.Add((record.Scheduled - record.Ready).Ns);
            scheduledPromptTokens += record.PromptTokens;
        }
        if (record.State == CallState.Finished)
        {
            calls.Add(record);
            finished.Add(record);
            if (IsWarm(record.End))
            {
                warmFinished.Add(record);
            }
        }
        if (record.End != Instant.Never)
        {
            NoteEnd(record.End);
        }
    }

    public void ToolStarted(int tag, Instant at) => blame?.ToolStarted(tag, at);

    public void ToolEnded(int tag, Instant at) => blame?.ToolEnded(tag, at);

    /// <summary>The metrics of all that was seen so far. May be asked more than once.</summary>
    /// <param name="end">When the run was ended; unfinished calls lasted until then.</param>
    /// <param name="slo">Bounds for goodput.</param>
    public RunSummary Summarise(Instant end, SloBounds slo)
    {
        Instant last = ended[(int)CallState.Unfinished] > 0 && end > lastEnd ? end : lastEnd;
        Duration makespan = firstArrival == Instant.Never ? Duration.Zero : last - firstArrival;
        Duration warm = warmup is { } from && from > firstArrival ? last - from : makespan;
        FinishedWork all = finished;
        FinishedWork late = warmFinished;
        List<long> workflowTimes = [];
        long goodWorkflows = 0;
        foreach ((_, Instant arrival, Instant lastOfWorkflow) in workflows.Finished())
        {
            long ns = (lastOfWorkflow - arrival).Ns;
            workflowTimes.Add(ns);
            all.Workflows++;
            late.Workflows += IsWarm(lastOfWorkflow) ? 1 : 0;
            goodWorkflows += slo.Meets(ns) ? 1 : 0;
        }
        return new()
        {
            Totals = Totals(all.Workflows),
            Makespan = firstArrival == Instant.Never ? null : makespan.Seconds,
            Throughput = all.Over(makespan),
            WarmThroughput = late.Over(warm),
            GoodputCalls = FinishedWork.Rate(calls.CountGood(slo), makespan),
            GoodputWorkflows = FinishedWork.Rate(goodWorkflows, makespan),
            HitRate = scheduledPromptTokens > 0 ? (double)hitTokens / scheduledPromptTokens : null,
            Ttft = calls.Ttft(),
            Tpot = calls.Tpot(),
            E2e = calls.E2e(),
            Queue = Distribution.Of(queue.ToArray()),
            Workflow = Distribution.Of(workflowTimes.ToArray()),
            Blame = blame?.MeanOf(workflows.Finished().Select(workflow => workflow.Tag)),
        };
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
        Preemptions = preemptions,
        PreemptedCalls = preemptedCalls,
        PromptTokens = promptTokens,
        OutputTokens = outputTokens,
        HitTokens = hitTokens,
    };

    private bool IsWarm(Instant end) => warmup is not { } from || end > from;

    private void NoteArrival(Instant at) => firstArrival = at < firstArrival ? at : firstArrival;

    private void NoteEnd(Instant at) => lastEnd = at > lastEnd ? at : lastEnd;
}
