namespace Cortex.Peers.Tests.Vidur;

/// <summary>
/// Vidur's replica with the chunked-prefill scheduler in the simplest way: lists, a clock in seconds as a double, the rules of
/// <c>peers/vidur/README.md</c>. It is what the product's <c>vidur-sarathi</c> is compared with.
/// </summary>
public sealed class PlainVidur(VidurRun run)
{
    private sealed class State(VidurRequest request)
    {
        public VidurRequest Request { get; } = request;

        /// <summary>Tokens to prefill: the prompt, after a preemption all tokens so far.</summary>
        public int Prefill { get; set; } = request.PromptTokens;

        public int Processed { get; set; }

        /// <summary>Blocks held; 0 while waiting.</summary>
        public int Blocks { get; set; }

        public bool Decodes => Processed > Prefill;
        public double? FirstTokenAt { get; set; }
        public int Restarts { get; set; }
    }

    private readonly List<State> waiting = [];

    /// <summary>Requests that hold blocks, in the order in which they are looked at: prefills that got nothing in the last batch, then that batch.</summary>
    private readonly List<State> running = [];

    private int free = run.NumBlocks;

    private readonly Dictionary<int, VidurTimes> times = [];
    private readonly List<int> preempted = [];

    /// <summary>Plays all requests; the times of each by id.</summary>
    public IReadOnlyDictionary<int, VidurTimes> Play(IReadOnlyList<VidurRequest> requests)
    {
        foreach (VidurStep _ in Steps(requests))
        {
        }
        return times;
    }

    /// <summary>Plays all requests, iteration by iteration.</summary>
    public IEnumerable<VidurStep> Steps(IReadOnlyList<VidurRequest> requests)
    {
        double now = 0;
        int arrived = 0, told = 0;
        while (times.Count < requests.Count)
        {
            for (; arrived < requests.Count && requests[arrived].ArrivedAt <= now; arrived++)
            {
                waiting.Add(new State(requests[arrived]));
            }
            List<(State Request, int Tokens)> batch = NextBatch();
            if (batch.Count == 0)
            {
                if (arrived == requests.Count)
                {
                    throw new InvalidOperationException($"{run.Name}: {waiting[0].Request} can never run");
                }
                now = requests[arrived].ArrivedAt;
                continue;
            }
            int planned = free;
            now += Seconds(batch);
            foreach ((State request, int tokens) in batch)
            {
                Process(request, tokens, now);
            }
            yield return new VidurStep(
                requests.Skip(told).Take(arrived - told).ToArray(),
                [.. batch.Select(row => new VidurRow(row.Request.Request.Id, row.Tokens))],
                [.. preempted],
                planned,
                free);
            preempted.Clear();
            told = arrived;
        }
    }

    private List<(State Request, int Tokens)> NextBatch()
    {
        List<(State Request, int Tokens)> batch = [];
        int budget = run.ChunkSize;

        // Decodes first. Each asks for a free block even if it needs none, and preempts the last of those not yet looked at, else itself.
        List<State> unplaced = [.. running];
        List<State> prefills = [];
        while (unplaced.Count > 0)
        {
            State request = unplaced[0];
            unplaced.RemoveAt(0);
            if (!request.Decodes)
            {
                prefills.Add(request);
                continue;
            }
            while (free < 1 && request.Blocks > 0)
            {
                State victim = unplaced.Count > 0 ? unplaced[^1] : request;
                unplaced.Remove(victim);
                Restart(victim);
            }
            if (request.Blocks == 0)
            {
                continue;
            }
            if (request.Processed > request.Blocks * run.BlockSize)
            {
                request.Blocks++;
                free--;
            }
            batch.Add((request, 1));
            budget--;
        }

        foreach (State request in prefills)
        {
            int tokens = Math.Min(request.Prefill - request.Processed, budget);
            if (tokens > 0)
            {
                batch.Add((request, tokens));
                budget -= tokens;
            }
        }

        // Admission reserves the whole prompt.
        while (waiting.Count > 0 && running.Count < run.BatchSizeCap && budget > 0)
        {
            State request = waiting[0];
            int blocks = (request.Prefill + run.BlockSize - 1) / run.BlockSize;
            if (free - blocks < run.WatermarkBlocks)
            {
                break;
            }
            waiting.RemoveAt(0);
            running.Add(request);
            request.Blocks = blocks;
            free -= blocks;
            int tokens = Math.Min(request.Prefill, budget);
            batch.Add((request, tokens));
            budget -= tokens;
        }
        State[] passedOver = [.. running.Except(batch.Select(row => row.Request)).OrderBy(request => request.Request.ArrivedAt)];
        running.Clear();
        running.AddRange([.. passedOver, .. batch.Select(row => row.Request)]);
        return batch;
    }

    /// <summary>
    /// Preempts: its tokens so far become its prompt, it waits in front of all others. A prompt that is only partly done starts over whole;
    /// there Vidur has a fault (it takes the part for the whole), which its recorded runs are known not to show.
    /// </summary>
    private void Restart(State victim)
    {
        Release(victim);
        victim.Prefill = Math.Max(victim.Prefill, victim.Processed);
        victim.Processed = 0;
        victim.Restarts++;
        preempted.Add(victim.Request.Id);
        waiting.Insert(0, victim);
    }

    private void Release(State request)
    {
        running.Remove(request);
        free += request.Blocks;
        request.Blocks = 0;
    }

    private void Process(State request, int tokens, double now)
    {
        request.Processed += tokens;
        if (request.Processed == request.Prefill)
        {
            // The end of the prefill emits a token.
            request.Processed++;
            request.FirstTokenAt ??= now;
        }
        if (request.Processed == request.Request.PromptTokens + request.Request.OutputTokens)
        {
            Release(request);
            times.Add(request.Request.Id, new VidurTimes(request.FirstTokenAt!.Value, now, request.Restarts));
        }
    }

    private double Seconds(List<(State Request, int Tokens)> batch) => VidurClosedForm.Seconds(
        run.Layers,
        [.. batch.Where(row => row.Request.Decodes).Select(row => row.Request.Processed)],
        [.. batch.Where(row => !row.Request.Decodes).Select(row => (row.Request.Processed, row.Tokens))]);
}
