namespace Cortex.Peers.Tests.Aisimulate.Plain;

/// <summary>A vLLM-style worker of AISimulate in the simplest way: lists, looked through from front to back in every step.</summary>
internal sealed class PlainWorker(AisimulateRun run, int nativeBlock)
{
    private readonly PlainCache cache = new(run.BlocksPerWorker);
    private readonly List<PlainCall> waiting = [];

    /// <summary>In order of admission.</summary>
    private readonly List<PlainCall> running = [];

    private readonly List<(PlainCall Call, int Tokens)> step = [];

    public bool IsIdle => step.Count == 0;
    public bool HasWork => running.Count + waiting.Count > 0;
    public long StepEnd { get; private set; }

    public void Arrive(PlainCall call) => waiting.Add(call);

    public void Begin(long now)
    {
        int budget = run.MaxNumBatchedTokens;
        if (StepRunning(ref budget))
        {
            while (budget > 0 && waiting.Count > 0 && running.Count < run.MaxNumSeqs && TryAdmit(ref budget, now))
            {
            }
        }
        if (step.Count == 0)
        {
            throw new InvalidOperationException($"{run.Name}: {waiting[0].Request.Name} can never run");
        }
        List<(int, int)> prompts = [];
        List<int> known = [];
        foreach ((PlainCall call, int tokens) in step)
        {
            int prompt = Math.Min(call.Computed + tokens, call.Request.PromptTokens) - call.Computed;
            if (prompt > 0)
            {
                prompts.Add((call.Computed, prompt));
            }
            if (call.Emitted > 0 && call.Computed + tokens == call.Known)
            {
                known.Add(call.Known);
            }
        }
        StepEnd = now + PlainClosedForm.StepNs(run.Timing, prompts, known, (long)run.BlocksPerWorker * run.BlockSize);
    }

    /// <summary>The step has ended; who has got all tokens leaves.</summary>
    public IReadOnlyList<PlainCall> Finish()
    {
        List<PlainCall> ended = [];
        foreach ((PlainCall call, int tokens) in step)
        {
            call.Computed += tokens;
            if (call.Computed < call.Known)
            {
                continue;
            }
            call.Emitted++;
            call.FirstToken ??= StepEnd;
            if (call.Emitted == call.Request.OutputTokens)
            {
                cache.Release(call.Blocks);
                running.Remove(call);
                ended.Add(call);
            }
        }
        step.Clear();
        return ended;
    }

    /// <summary>False if somebody was preempted.</summary>
    private bool StepRunning(ref int budget)
    {
        bool preempted = false;
        for (int i = 0; i < running.Count && budget > 0; i++)
        {
            PlainCall call = running[i];
            int tokens = Math.Min(call.Known - call.Computed, budget);
            while (BlocksFor(call.Computed + tokens) - call.Blocks.Count > cache.Free)
            {
                // Those behind this call have no place in the step yet.
                PlainCall victim = running[^1];
                running.RemoveAt(running.Count - 1);
                cache.Release(victim.Blocks);
                victim.Computed = 0;
                waiting.Insert(0, victim);
                preempted = true;
                if (victim == call)
                {
                    return false;
                }
            }
            Compute(call, tokens);
            budget -= tokens;
        }
        return !preempted;
    }

    private bool TryAdmit(ref int budget, long now)
    {
        PlainCall call = waiting[0];
        List<PlainBlock> hits = [];
        while (hits.Count < (call.Known - 1) / run.BlockSize && cache.Find(Content(call, hits.Count)) is { } found)
        {
            hits.Add(found);
        }
        if (BlocksFor(call.Known) - hits.Count(block => block.Owners > 0) > cache.Total - cache.Owned)
        {
            return false;
        }
        waiting.RemoveAt(0);
        running.Add(call);
        foreach (PlainBlock block in hits)
        {
            cache.Share(block);
            call.Blocks.Add(block);
        }
        call.Computed = hits.Count * run.BlockSize;
        if (call.Admissions++ == 0)
        {
            call.Admitted = now;
            call.HitTokens = call.Computed;
        }
        int tokens = Math.Min(call.Known - call.Computed, budget);
        Compute(call, tokens);
        budget -= tokens;
        return true;
    }

    /// <summary>A row of the step: blocks are taken, and those that it fills can be found at once.</summary>
    private void Compute(PlainCall call, int tokens)
    {
        while (call.Blocks.Count < BlocksFor(call.Computed + tokens))
        {
            call.Blocks.Add(cache.Take());
        }
        for (int block = call.Computed / run.BlockSize; block < (call.Computed + tokens) / run.BlockSize; block++)
        {
            cache.Fill(call.Blocks[block], Content(call, block));
        }
        step.Add((call, tokens));
    }

    /// <summary>A block that holds a generated token is private, and so is everything of a prompt without ids.</summary>
    private BlockContent Content(PlainCall call, int block)
    {
        int first = block * run.BlockSize;
        bool shared = first + run.BlockSize <= call.Request.PromptTokens && first / nativeBlock < call.Request.HashIds.Count;
        return shared
            ? new(call.Scope, call.Request.HashIds[first / nativeBlock], first % nativeBlock)
            : new($"request {call.Request.Id}", block, 0);
    }

    private int BlocksFor(int tokens) => (tokens + run.BlockSize - 1) / run.BlockSize;
}

/// <summary>A request at a worker.</summary>
/// <param name="scope">Whose block ids its prompt has.</param>
internal sealed class PlainCall(AisimulateRequest request, string scope, long released, int worker)
{
    public AisimulateRequest Request => request;
    public string Scope => scope;
    public long Released => released;
    public int Worker => worker;
    public List<PlainBlock> Blocks { get; } = [];
    public int Computed { get; set; }
    public int Emitted { get; set; }
    public int Known => request.PromptTokens + Emitted;
    public int Admissions { get; set; }
    public long Admitted { get; set; }
    public long? FirstToken { get; set; }
    public int HitTokens { get; set; }
}
