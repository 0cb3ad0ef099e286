namespace Cortex.Peers.Tests.Vllm;

/// <summary>
/// Drives a scheduler as vLLM's engine core does: synchronously (schedule, run, update) or with a queue of two steps, in which
/// schedule(n + 1) precedes update(n). Yields a line per step and keeps what became of each request.
/// </summary>
public sealed class VllmDriver(VllmInputs inputs, IVllmEngine engine)
{
    private readonly Queue<VllmRequest> arrivals = new(inputs.Requests.OrderBy(request => request.Arrival).ThenBy(request => request.Id));
    private readonly Queue<int> inFlight = new();
    private readonly Dictionary<int, int> firstToken = [];
    private readonly Dictionary<int, (int Step, string Reason)> end = [];

    /// <summary>One ended since the last schedule: the workers must be told, so one more (empty) schedule follows.</summary>
    private bool endedSinceSchedule;

    private bool HasWork => engine.State is { Running: > 0 } or { Waiting: > 0 } || endedSinceSchedule;

    /// <summary>Runs to the end of the last request.</summary>
    public IEnumerable<VllmStep> Run()
    {
        for (int step = 0; HasWork || inFlight.Count > 0 || arrivals.Count > 0; step++)
        {
            if (!HasWork && inFlight.Count == 0)
            {
                step = Math.Max(step, arrivals.Peek().Arrival);
            }
            yield return inputs.Config.AsyncScheduling ? PassWithQueueOfTwo(step) : Pass(step);
        }
    }

    /// <summary>What became of a request so far.</summary>
    public VllmResult ResultOf(int id)
    {
        (int preemptions, int? firstHit, int allHits) = engine.CountsOf(id);
        bool ended = end.TryGetValue(id, out (int Step, string Reason) last);
        return new VllmResult(
            firstToken.TryGetValue(id, out int first) ? first : null, ended ? last.Step : null, ended ? last.Reason : null, preemptions, firstHit, allHits);
    }

    private VllmStep Pass(int step)
    {
        IReadOnlyList<int> arrived = Arrive(step);
        IReadOnlyList<int> aborted = Abort(inputs.AbortsBeforeSchedule, step);
        VllmPlan? plan = HasWork ? Schedule(step) : null;
        VllmState scheduled = engine.State;
        return Line(step, arrived, aborted, plan, scheduled, inFlight.Count > 0 ? Update(step) : null);
    }

    private VllmStep PassWithQueueOfTwo(int step)
    {
        IReadOnlyList<int> arrived = Arrive(step);
        IReadOnlyList<int> aborted = Abort(inputs.AbortsBeforeSchedule, step);
        VllmPlan? plan = HasWork ? Schedule(step) : null;
        VllmState scheduled = engine.State;
        bool fillFirst = inFlight.Count < 2 && (plan is { Tokens: > 0 } || HasWork);
        return Line(step, arrived, aborted, plan, scheduled, fillFirst || inFlight.Count == 0 ? null : Update(step));
    }

    private static VllmStep Line(
        int step, IReadOnlyList<int> arrived, IReadOnlyList<int> aborted, VllmPlan? plan, VllmState scheduled, VllmUpdate? update) =>
        new(step, arrived, aborted, plan?.Rows, plan?.Preempted ?? [], plan?.Tokens ?? 0, plan?.Context ?? 0, plan?.Evicted ?? 0, scheduled, update);

    private List<int> Arrive(int step)
    {
        List<int> arrived = [];
        while (arrivals.TryPeek(out VllmRequest? next) && next.Arrival <= step)
        {
            engine.Arrive(arrivals.Dequeue());
            arrived.Add(next.Id);
        }
        return arrived;
    }

    private IReadOnlyList<int> Abort(IReadOnlyDictionary<int, IReadOnlyList<int>> aborts, int step)
    {
        if (!aborts.TryGetValue(step, out IReadOnlyList<int>? ids))
        {
            return [];
        }
        foreach (int id in ids)
        {
            engine.Abort(id);
            if (end.TryAdd(id, (step, "abort")))
            {
                endedSinceSchedule = true;
            }
        }
        return ids;
    }

    private VllmPlan Schedule(int step)
    {
        endedSinceSchedule = false;
        inFlight.Enqueue(step);
        return engine.Schedule();
    }

    private VllmUpdate Update(int step)
    {
        IReadOnlyList<int> aborted = Abort(inputs.AbortsBeforeUpdate, step);
        VllmOutcome outcome = engine.Update();
        foreach (int id in outcome.Delivered)
        {
            firstToken.TryAdd(id, step);
        }
        foreach (int id in outcome.Finished)
        {
            end.Add(id, (step, "length"));
            endedSinceSchedule = true;
        }
        return new VllmUpdate(aborted, inFlight.Dequeue(), outcome.Finished, outcome.Discarded, outcome.Stale, engine.State);
    }
}
