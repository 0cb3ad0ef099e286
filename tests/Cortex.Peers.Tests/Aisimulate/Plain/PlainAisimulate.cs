namespace Cortex.Peers.Tests.Aisimulate.Plain;

/// <summary>
/// AISimulate in the simplest way: a clock in nanoseconds, workers that step, requests that are released. By the rules of
/// <c>peers/aisimulate/README.md</c>; what the product's dialect <c>aisimulate</c> is compared with.
/// </summary>
public sealed class PlainAisimulate(AisimulateCase @case)
{
    private readonly AisimulateTimes[] times = new AisimulateTimes[@case.Requests.Count];
    private readonly PriorityQueue<AisimulateRequest, (long At, int Order)> releases = new();
    private readonly int[] missing = [.. @case.Requests.Select(request => request.After.Count)];
    private readonly ILookup<int, AisimulateRequest> waitingFor =
        (from request in @case.Requests from edge in request.After select (edge.Id, request)).ToLookup(pair => pair.Id, pair => pair.request);

    private int released;

    /// <summary>Plays all requests; what became of each, by id.</summary>
    public IReadOnlyList<AisimulateTimes> Play()
    {
        PlainWorker[] workers = [.. Enumerable.Range(0, @case.Run.Workers).Select(_ => new PlainWorker(@case.Run, @case.NativeBlock))];
        foreach (AisimulateRequest root in @case.Requests.Where(request => request.After.Count == 0))
        {
            Release(root, root.NotBeforeNs);
        }
        int arrived = 0;
        while (true)
        {
            long now = workers.Where(worker => !worker.IsIdle).Select(worker => worker.StepEnd).Append(long.MaxValue).Min();
            now = releases.TryPeek(out _, out (long At, int Order) next) ? Math.Min(now, next.At) : now;
            if (now == long.MaxValue)
            {
                return times;
            }
            foreach (PlainWorker worker in workers.Where(worker => !worker.IsIdle && worker.StepEnd == now))
            {
                foreach (PlainCall call in worker.Finish())
                {
                    End(call, now);
                }
            }
            while (releases.TryPeek(out AisimulateRequest? request, out next) && next.At == now)
            {
                releases.Dequeue();
                int worker = @case.Workers?[request.Id] ?? arrived % workers.Length;
                arrived++;
                workers[worker].Arrive(new(request, @case.LocalIds ? request.Play : "all", now, worker));
            }
            foreach (PlainWorker worker in workers.Where(worker => worker.IsIdle && worker.HasWork))
            {
                worker.Begin(now);
            }
        }
    }

    private void End(PlainCall call, long now)
    {
        int id = call.Request.Id;
        times[id] = new(call.Released, call.Admitted, call.FirstToken!.Value, now, call.HitTokens, call.Worker, call.Admissions);
        foreach (AisimulateRequest request in waitingFor[id])
        {
            if (--missing[request.Id] == 0)
            {
                Release(request, Math.Max(request.NotBeforeNs, request.After.Max(edge => times[edge.Id].End + edge.DelayNs)));
            }
        }
    }

    private void Release(AisimulateRequest request, long at) => releases.Enqueue(request, (at, released++));
}
