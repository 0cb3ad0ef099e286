using Cortex.CostModels;
using Cortex.Serving;
using Cortex.Serving.Dialects;

namespace Cortex.Experiments.Config;

/// <summary>Engines of one kind with nothing left to <c>auto</c>.</summary>
/// <param name="Written">As the file has it; its nulls say what was <c>auto</c>.</param>
/// <param name="Settings">What each engine of the group is made with.</param>
public sealed record ResolvedEngine(EngineGroup Written, EngineSettings Settings, GpuDescription Gpu, ModelDescription Model)
{
    /// <summary>Fills in what is <c>auto</c>: vLLM's defaults for the GPU, and the KV blocks that its memory leaves.</summary>
    /// <exception cref="InputException">An unknown GPU or model, a model that does not fit, or settings that the dialect cannot follow.</exception>
    public static ResolvedEngine Of(EngineGroup group)
    {
        try
        {
            GpuDescription gpu = HardwareCatalog.Gpu(group.Gpu);
            ModelDescription model = HardwareCatalog.Model(group.Model);
            EngineDefaults defaults = EngineDefaults.For(gpu);
            int budget = group.MaxNumBatchedTokens ?? defaults.MaxNumBatchedTokens;
            int sequences = group.MaxNumSeqs ?? defaults.MaxNumSeqs;
            int blocks = group.NumBlocks ?? KvCapacity.Of(
                gpu, model, group.Tp, group.BlockSize, budget, sequences, group.GpuMemoryUtilization ?? KvCapacity.DefaultUtilization).NumBlocks;
            var settings = new EngineSettings
            {
                Name = group.Name,
                Dialect = group.Dialect,
                Release = group.Release,
                BlockSize = group.BlockSize,
                NumBlocks = blocks,
                MaxNumBatchedTokens = budget,
                MaxNumSeqs = sequences,
                MaxNumActiveSeqs = group.MaxNumActiveSeqs,
                MaxModelLen = group.MaxModelLen ?? model.MaxModelLen,
                EnablePrefixCaching = group.EnablePrefixCaching,
                AsyncScheduling = group.AsyncScheduling,
                EnableChunkedPrefill = group.EnableChunkedPrefill,
                LongPrefillTokenThreshold = group.LongPrefillTokenThreshold,
                LongPrefillTokenThresholdAdaptive = group.LongPrefillTokenThresholdAdaptive,
                SchedulerReserveFullIsl = group.SchedulerReserveFullIsl,
                Watermark = group.Watermark,
            };
            DialectCatalog.Check(settings);
            return new ResolvedEngine(group, settings, gpu, model);
        }
        catch (Exception fault) when (fault is CostModelException or ArgumentException)
        {
            throw new InputException(group.Mark, $"cluster.engines.{group.Name}: {fault.Message}");
        }
    }

    /// <summary>The engine's cost model.</summary>
    /// <exception cref="InputException">An unknown cost model or option.</exception>
    public IStepCost StepCost(CostSettings costs)
    {
        try
        {
            return CostModelFactory.Create(costs.Model, costs.Options, Gpu, Model, Written.Tp, (long)Settings.NumBlocks * Settings.BlockSize);
        }
        catch (CostModelException fault)
        {
            throw new InputException(costs.Mark, $"costs: {fault.Message}");
        }
    }
}
