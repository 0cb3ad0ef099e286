using Cortex.Policies;
using Cortex.Serving.Batching;
using Cortex.Serving.Decisions;
using Cortex.Serving.Kv;

namespace Cortex.Serving.Dialects.Vllm;

/// <summary>
/// The dialect <c>vllm-v1</c>: decides as vLLM's v1 scheduler does, block ids included, synchronous and asynchronous (vLLM 0.18 to 0.32;
/// the rules by number are those of docs/dialects/vllm-v1.md). One token budget a step, no phases, running before waiting, chunked
/// prefill, preemption of the tail by recompute.
/// </summary>
internal partial class VllmDialect : PagedDialect
{
    private readonly bool scanFollowsVictim;
    private readonly bool exemptSingle;
    private readonly PrefixMatch probe = new();

    public VllmDialect(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder)
        : this(settings, victims, recorder, PoolFor(settings))
    {
    }

    /// <summary>For dialects that decide alike over another pool.</summary>
    protected VllmDialect(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder, BlockPool pool)
        : base(VllmReleases.Read(settings), victims, recorder, pool)
    {
        scanFollowsVictim = settings.Release >= VllmReleases.KeylessFirst;
        exemptSingle = settings.Release >= VllmReleases.FairCap;
    }

    public override int MaxTokens => (int)Math.Min(settings.MaxModelLen, (long)(settings.NumBlocks - 1) * settings.BlockSize);

    public override int CachedTokens(CallRequest request)
    {
        if (!settings.EnablePrefixCaching)
        {
            return 0;
        }
        pool.Index.Find(new(request.Prompt, request.Output), (request.PromptTokens - 1) / settings.BlockSize, probe);
        return probe.Blocks * settings.BlockSize;
    }

    protected override bool IsDecode(in StepRow row) =>
        row.Tokens == 1 && row.Yields && row.Computed >= row.Sequence.Request.PromptTokens;

    /// <summary>Rule 12: a block that the delivered token completes gets its key now, if no later step has given it one.</summary>
    protected override void Delivered(PagedSequence item) => Publish(item, item.Computed - item.Ahead);

    /// <summary>Block 0 is never used (rule 13).</summary>
    private static BlockPool PoolFor(EngineSettings settings) =>
        new(settings.BlockSize, firstId: 1, settings.NumBlocks - 1, keylessFirst: settings.Release >= VllmReleases.KeylessFirst);

    /// <summary>Gives keys to the full blocks among the first <paramref name="tokens"/> tokens (rule 12).</summary>
    private void Publish(PagedSequence item, int tokens)
    {
        int blocks = tokens / settings.BlockSize - item.Table.KeyedBlocks;
        if (blocks > 0 && settings.EnablePrefixCaching)
        {
            pool.Index.Publish(item.Table, blocks, ref item.KeyCursor);
        }
    }
}
