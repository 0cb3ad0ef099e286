using Cortex.Policies;
using Cortex.Serving.Decisions;
using Cortex.Serving.Dialects.Vllm;

namespace Cortex.Serving.Dialects.Aisimulate;

/// <summary>
/// The dialect <c>aisimulate</c>: queues, batches and caches as a vLLM-style worker of NVIDIA's AISimulate 0.13 does. Its decisions are
/// those of vLLM 0.32 without asynchronous scheduling, with these differences: every block can be used; a call is admitted only if its
/// whole known sequence fits; no watermark, and no cap on the chunk of a long prompt. What vLLM calls by those settings has no meaning here.
/// </summary>
/// <remarks>AISimulate refuses a call that is larger than the pool when it comes to the head of the queue; here it is refused at arrival.</remarks>
internal sealed class AisimulateDialect : VllmDialect
{
    public AisimulateDialect(EngineSettings settings, VictimOrder victims, DecisionRecorder recorder)
        : base(Reduced(settings), victims, recorder, new(settings.BlockSize, firstId: 0, settings.NumBlocks, keylessFirst: true))
    {
    }

    /// <summary>The last token is never computed, so it needs no place.</summary>
    public override int MaxTokens => (int)Math.Min(settings.MaxModelLen, ((long)settings.NumBlocks * settings.BlockSize) + 1);

    private static EngineSettings Reduced(EngineSettings settings) => settings with
    {
        Release = new(0, 32),
        EnableChunkedPrefill = true,
        LongPrefillTokenThreshold = 0,
        SchedulerReserveFullIsl = true,
        Watermark = 0,
    };
}
