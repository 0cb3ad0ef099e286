using Cortex.Policies;
using Cortex.Serving;
using Cortex.Serving.Decisions;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>What preemptions cost each call, found from the steps: from a preemption until a later step ends behind which as much KV stands.</summary>
internal sealed class LossByHand : IServingObserver, ICoreTap
{
    private readonly Dictionary<long, int> tagOfArrival = [];
    private readonly Dictionary<int, (long Since, long Tokens)> setBack = [];
    private readonly Dictionary<int, long> lost = [];
    private readonly SortedDictionary<ushort, Queue<List<(int Tag, long Computed, int Times)>>> steps = [];
    private readonly Dictionary<int, int> times = [];
    private int lastArrived;
    private long arrivals;

    public long Lost(int tag) => lost.GetValueOrDefault(tag);

    public void CallArrived(int tag, Instant at)
    {
        lastArrived = tag;
        tagOfArrival[arrivals++] = lastArrived;
    }

    public void CallEnded(in CallRecord record) => CatchUp(record.Tag, record.End);

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks)
    {
        if (decision.Axis == DecisionAxis.Preemption)
        {
            int tag = tagOfArrival[decision.Call];
            (long since, long tokens) = setBack.GetValueOrDefault(tag, (-1, 0));
            setBack[tag] = (since, Math.Max(tokens, decision.Answer));
        }
    }

    public void CallPreempted(int tag, WorkerId worker, Instant at)
    {
        (long since, long tokens) = setBack[tag];
        setBack[tag] = (since < 0 ? at.Ns : since, tokens);
        times[tag] = times.GetValueOrDefault(tag) + 1;
    }

    public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
    {
        if (!steps.TryGetValue(worker.Value, out Queue<List<(int, long, int)>>? inFlight))
        {
            steps.Add(worker.Value, inFlight = new());
        }
        inFlight.Enqueue([.. plan.Rows.Select(row =>
            (row.Sequence.Request.Tag, (long)row.Computed + row.Tokens, times.GetValueOrDefault(row.Sequence.Request.Tag)))]);
    }

    public void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at)
    {
        foreach ((int tag, long computed, int before) in steps[worker.Value].Dequeue())
        {
            // Only what was computed since the last preemption stands.
            if (setBack.TryGetValue(tag, out (long Since, long Tokens) loss) && computed >= loss.Tokens && before == times[tag])
            {
                CatchUp(tag, at);
            }
        }
    }

    private void CatchUp(int tag, Instant at)
    {
        if (setBack.Remove(tag, out (long Since, long Tokens) loss))
        {
            lost[tag] = lost.GetValueOrDefault(tag) + at.Ns - loss.Since;
        }
    }
}
