using Cortex.Policies;
using Cortex.Serving.Batching;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Dialects.Sarathi;

/// <summary>
/// The dialect <c>vidur-sarathi</c>: decides as Vidur's chunked-prefill scheduler does. Decodes come first and always run, though they count
/// against the budget (<c>max_num_batched_tokens</c>); prefills share what is left of it, the running one before those that wait. Admission
/// takes blocks for the whole prompt. Synchronous, without prefix cache; what vLLM calls by its other settings has no meaning here.
/// </summary>
/// <remarks>
/// Vidur restarts a call that is preempted within its prefill with only the processed part as its prompt, and so computes too few tokens.
/// That fault is not copied: such a call prefills its whole prompt again.
/// </remarks>
internal sealed partial class SarathiDialect : PagedDialect
{
    public SarathiDialect(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder)
        : base(settings, victims, recorder, new(settings.BlockSize, firstId: 0, settings.NumBlocks, keylessFirst: true))
    {
    }

    /// <summary>
    /// A call on its own must be able to decode its last token, with one block free, and to come back from a preemption just before it,
    /// above the watermark. The last token needs no block.
    /// </summary>
    public override int MaxTokens
    {
        get
        {
            long blocks = settings.NumBlocks - Math.Max(1, watermarkBlocks);
            return (int)Math.Min(settings.MaxModelLen, Math.Max(0, blocks) * settings.BlockSize + 1);
        }
    }

    public override bool StillRepeats => !membershipChanged && !CanAdmit(budgetLeft) && ShutBy(budgetLeft) == shutBy;

    public override int CachedTokens(CallRequest request) => 0;

    /// <summary>Decodes are steady from the step after their prefill to their end: a row of its own is always prefill.</summary>
    protected override bool IsDecode(in StepRow row) => false;
}
