using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>When each call got each of its tokens, seen from outside: after every step all calls are looked at. For runs step by step.</summary>
internal sealed class TokenTimes : IServingObserver
{
    private readonly SortedDictionary<int, (Sequence Sequence, List<long> Times)> calls = [];

    /// <summary>All gaps between neighbouring tokens of calls in nanoseconds, with when they ended.</summary>
    public List<(long Gap, long End)> Gaps { get; } = [];

    public void StepStarted(WorkerId worker, StepPlan plan, in KvState kv, Instant at)
    {
        foreach (StepRow row in plan.Rows)
        {
            calls.TryAdd(row.Sequence.Request.Tag, (row.Sequence, []));
        }
    }

    public void StepEnded(WorkerId worker, StepResult result, in TokenDelivery tokens, Instant at)
    {
        foreach ((Sequence sequence, List<long> times) in calls.Values)
        {
            if (sequence.Produced > times.Count)
            {
                times.Add(at.Ns);
            }
        }
    }

    public void CallEnded(in CallRecord record)
    {
        if (calls.Remove(record.Tag, out (Sequence, List<long> Times) call))
        {
            Gaps.AddRange(call.Times.Zip(call.Times.Skip(1), (before, after) => (after - before, after)));
        }
    }
}
