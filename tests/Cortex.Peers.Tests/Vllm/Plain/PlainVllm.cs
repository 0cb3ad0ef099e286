namespace Cortex.Peers.Tests.Vllm.Plain;

/// <summary>
/// The dialect <c>vllm-v1</c> in the simplest way: lists, an object per block, the rules of <c>peers/vllm/README.md</c> in their order.
/// It is what the product's fast core is compared with.
/// </summary>
public sealed class PlainVllm : IVllmEngine
{
    private sealed record Row(PlainRequest Request, VllmKind Kind, int Computed, int Tokens, bool Yields, IReadOnlyList<int> Blocks);

    private readonly VllmConfig config;
    private readonly Version release;
    private readonly bool byPriority;
    private readonly PlainBlocks blocks;
    private readonly PlainQueue waiting;
    private readonly Dictionary<int, PlainRequest> requests = [];
    private readonly List<PlainRequest> running = [];
    private readonly Queue<List<Row>> inFlight = new();

    // The step being planned.
    private List<Row> rows = [];
    private List<int> preempted = [];
    private int budget;

    public PlainVllm(VllmConfig config, Version release)
    {
        this.config = config;
        this.release = release;
        byPriority = config.ByPriority;
        blocks = new PlainBlocks(config, keylessFirst: Since(28));
        waiting = new PlainQueue(byPriority);
    }

    public VllmState State => new(blocks.Free, running.Count, waiting.Count, blocks.DistinctKeys);

    public void Arrive(VllmRequest request)
    {
        PlainRequest entered = new(request, requests.Count);
        requests.Add(request.Id, entered);
        waiting.Arrive(entered);
    }

    /// <summary>Rule 19.</summary>
    public void Abort(int id)
    {
        if (!requests[id].Ended)
        {
            End(requests[id]);
        }
    }

    public (int Preemptions, int? FirstHit, int AllHits) CountsOf(int id) =>
        (requests[id].Preemptions, requests[id].FirstHit, requests[id].AllHits);

    public VllmPlan Schedule()
    {
        rows = [];
        preempted = [];
        budget = config.MaxNumBatchedTokens;
        int evictedBefore = blocks.Evicted;
        int cap = Cap(running.Count + waiting.Count);
        ScheduleRunning(cap);
        if (preempted.Count == 0)
        {
            Admit(cap);
        }
        foreach (Row row in rows)
        {
            row.Request.C += row.Tokens;
            row.Request.F += row.Tokens;
            if (config.AsyncScheduling && row.Yields)
            {
                row.Request.A++;
            }
        }
        inFlight.Enqueue(rows);
        return new VllmPlan(
            [.. rows.Select(row => new VllmRow(row.Request.Id, row.Kind, row.Computed, row.Tokens, row.Blocks))],
            preempted,
            rows.Sum(row => row.Tokens),
            rows.Sum(row => (long)row.Computed + row.Tokens),
            blocks.Evicted - evictedBefore);
    }

    /// <summary>Rules 16 to 18.</summary>
    public VllmOutcome Update()
    {
        List<int> delivered = [], finished = [], discarded = [], stale = [];
        foreach (Row row in inFlight.Dequeue())
        {
            PlainRequest request = row.Request;
            if (request.Ended)
            {
                discarded.Add(request.Id);
                continue;
            }
            request.F -= row.Tokens;
            bool isStale = request.S > 0;
            if (isStale)
            {
                request.S -= row.Tokens;
            }
            if (!row.Yields)
            {
                continue;
            }
            request.Deliver();
            delivered.Add(request.Id);
            if (isStale)
            {
                stale.Add(request.Id);
            }
            else if (config.AsyncScheduling)
            {
                request.A--;
            }
            if (config.AsyncScheduling && running.Contains(request))
            {
                blocks.Publish(request, request.C - request.A);
            }
            if (request.T >= config.MaxModelLen || request.T - request.P >= request.Out)
            {
                End(request);
                finished.Add(request.Id);
            }
        }
        return new VllmOutcome(delivered, finished, discarded, stale);
    }

    /// <summary>Rule 2: the cap for long prefills.</summary>
    private int Cap(int present)
    {
        int threshold = config.LongPrefillTokenThreshold;
        if (threshold == 0)
        {
            return int.MaxValue;
        }
        if (!Since(31))
        {
            return threshold;
        }
        if (present <= 1)
        {
            return int.MaxValue;
        }
        return config.LongPrefillTokenThresholdAdaptive ? Math.Max(threshold, config.MaxNumBatchedTokens / present) : threshold;
    }

    /// <summary>Rules 3 to 5.</summary>
    private void ScheduleRunning(int cap)
    {
        int index = 0;
        while (index < running.Count && budget > 0)
        {
            PlainRequest request = running[index];
            bool lastTokenInFlight = request.A > 0 && request.C + 2 - request.A >= request.P + request.Out;
            int n = Math.Min(Math.Min(request.T + request.A - request.C, cap), Math.Min(budget, config.MaxModelLen - 1 - request.C));
            if (lastTokenInFlight || n <= 0)
            {
                index++;
                continue;
            }
            int count = blocks.BlocksFor(Math.Min(request.C + n, config.MaxModelLen));
            while (blocks.Free < count - request.Blocks.Count)
            {
                PlainRequest victim = byPriority ? running.MaxBy(other => (other.Priority, other.ArrivalNumber))! : running[^1];
                int place = running.IndexOf(victim);
                bool scheduled = Preempt(victim);
                if (victim == request)
                {
                    return;
                }
                if (place < index && (scheduled || Since(28)))
                {
                    index--;
                }
            }
            Take(request, VllmKind.Running, n, blocks.Grow(request, count));
            index++;
        }
    }

    /// <summary>Rule 5. True if the victim stood in this very step; its row is withdrawn.</summary>
    private bool Preempt(PlainRequest victim)
    {
        Row? row = rows.Find(row => row.Request == victim);
        if (row is not null)
        {
            rows.Remove(row);
            budget += row.Tokens;
        }
        running.Remove(victim);
        blocks.Release(victim);
        victim.C = 0;
        victim.A = 0;
        victim.S = victim.F;
        victim.Preemptions++;
        waiting.PutBack(victim);
        preempted.Add(victim.Id);
        return row is not null;
    }

    /// <summary>Rules 6 to 10.</summary>
    private void Admit(int cap)
    {
        int maxRunning = (Since(31) ? config.MaxNumActiveSeqs : null) ?? config.MaxNumSeqs;
        while (budget > 0 && running.Count < maxRunning && waiting.Next() is { } request)
        {
            List<PlainBlock> hit = blocks.Hit(request);
            int hitTokens = hit.Count * config.BlockSize;
            int n = Math.Min(request.T - hitTokens, cap);
            if (n > budget && !config.EnableChunkedPrefill)
            {
                return;
            }
            n = Math.Min(n, budget);
            int watermark = Since(24) && running.Count > 0 ? (int)(config.Watermark * config.NumBlocks) : 0;
            int room = blocks.Free - hit.Count(block => block.Owners == 0) - watermark;
            bool wholeFits = !config.SchedulerReserveFullIsl || !Since(19) || blocks.BlocksFor(request.T) - hit.Count <= room;
            if (!wholeFits || blocks.BlocksFor(hitTokens + n) - hit.Count > room)
            {
                return;
            }
            waiting.Remove(request);
            running.Add(request);
            blocks.Share(request, hit);
            blocks.Grow(request, blocks.BlocksFor(hitTokens + n));
            request.C = hitTokens;
            request.AllHits += hitTokens;
            request.FirstHit ??= hitTokens;
            VllmKind kind = request.Preemptions > 0 ? VllmKind.Resumed : VllmKind.Admitted;
            Take(request, kind, n, [.. request.Blocks.Select(block => block.Id)]);
        }
    }

    /// <summary>The request has its place in the step. What its chunk makes full is published now, as far as its tokens are known.</summary>
    private void Take(PlainRequest request, VllmKind kind, int n, IReadOnlyList<int> newBlocks)
    {
        blocks.Publish(request, Math.Min(request.C + n, request.T));
        rows.Add(new Row(request, kind, request.C, n, request.C + n >= request.T + request.A, newBlocks));
        budget -= n;
    }

    private void End(PlainRequest request)
    {
        request.Ended = true;
        running.Remove(request);
        waiting.Remove(request);
        blocks.Release(request);
    }

    private bool Since(int minor) => release >= new Version(0, minor);
}
