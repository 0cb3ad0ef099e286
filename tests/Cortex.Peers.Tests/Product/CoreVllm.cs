using Cortex.Peers.Tests.Vllm;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Peers.Tests.Product;

/// <summary>The product's <see cref="EngineCore"/> with the dialect <c>vllm-v1</c>, driven directly, without a clock.</summary>
public sealed class CoreVllm(VllmConfig config, Version release) : StepPlanEngine
{
    private readonly EngineCore core = new(
        Settings(config, release), config.ByPriority ? VictimOrder.LargestKey : VictimOrder.YoungestAdmission);

    private readonly Dictionary<int, Sequence> sequences = [];
    private readonly HashSet<int> ended = [];
    private readonly Queue<bool> emptySteps = new();
    private long arrivals;

    public static EngineSettings Settings(VllmConfig config, Version release) => new()
    {
        Name = "core",
        BlockSize = config.BlockSize,
        NumBlocks = config.NumBlocks,
        MaxNumBatchedTokens = config.MaxNumBatchedTokens,
        MaxNumSeqs = config.MaxNumSeqs,
        MaxNumActiveSeqs = config.MaxNumActiveSeqs,
        MaxModelLen = config.MaxModelLen,
        EnablePrefixCaching = config.EnablePrefixCaching,
        AsyncScheduling = config.AsyncScheduling,
        EnableChunkedPrefill = config.EnableChunkedPrefill,
        LongPrefillTokenThreshold = config.LongPrefillTokenThreshold,
        LongPrefillTokenThresholdAdaptive = config.LongPrefillTokenThresholdAdaptive,
        SchedulerReserveFullIsl = config.SchedulerReserveFullIsl,
        Watermark = config.Watermark,
        Release = release,
    };

    public override VllmState State => new(core.Kv.Free, core.Running, core.Waiting, core.Kv.CachedKeys);

    protected override long Evicted => core.Kv.Evicted;

    protected override void Add(CallRequest call)
    {
        long number = arrivals++;
        sequences.Add(call.Tag, core.Enqueue(call, number, config.ByPriority ? call.Priority : number));
    }

    protected override void Cancel(int id) => core.Abort(sequences[id]);

    protected override StepPlan Plan()
    {
        StepPlan plan = core.Plan();
        emptySteps.Enqueue(plan.IsEmpty);
        return plan;
    }

    protected override void Finish(StepResult result)
    {
        if (emptySteps.Dequeue())
        {
            return;
        }
        List<Sequence> gone = [];
        core.Deliver(1, Instant.Zero, [], gone);
        ended.UnionWith(gone.Select(sequence => sequence.Request.Tag));
    }

    protected override bool HasEnded(int id) => ended.Contains(id);
}
