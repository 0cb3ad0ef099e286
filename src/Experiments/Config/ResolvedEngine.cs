using Cortex.CostModels;
using Cortex.Runtime.Models;
using Cortex.Serving;
using Cortex.Serving.Dialects;

namespace Cortex.Experiments.Config;

/// <summary>Engines of one kind with nothing left to <c>auto</c>.</summary>
/// <param name="Written">As the file has it; its nulls say what was <c>auto</c>.</param>
/// <param name="Settings">What each engine of the group is made with.</param>
/// <param name="Gpu">Null for engines on the processor.</param>
public sealed record ResolvedEngine(EngineGroup Written, EngineSettings Settings, GpuDescription? Gpu, ModelDescription Model)
{
    /// <summary>Fills in what is <c>auto</c>: vLLM's defaults for the GPU, and the KV blocks that its memory leaves.</summary>
    /// <exception cref="InputException">An unknown GPU or model, a model that does not fit, or settings that the dialect cannot follow.</exception>
    public static ResolvedEngine Of(EngineGroup group)
    {
        try
        {
            GpuDescription? gpu = group.IsOnCpu ? null : HardwareCatalog.Gpu(group.Gpu);
            ModelDescription model = group.IsOnCpu ? CpuEngineSettings.Describe(group.Model) : HardwareCatalog.Model(group.Model);
            EngineDefaults defaults = gpu is null ? new(CpuEngineSettings.MaxNumBatchedTokens, CpuEngineSettings.MaxNumSeqs) : EngineDefaults.For(gpu);
            if (group.IsOnCpu && group.MaxModelLen > model.MaxModelLen)
            {
                throw new ArgumentException($"max_model_len {group.MaxModelLen}: the model was made for {model.MaxModelLen} positions; allowed: at most so many");
            }
            int budget = group.MaxNumBatchedTokens ?? defaults.MaxNumBatchedTokens;
            int sequences = group.MaxNumSeqs ?? defaults.MaxNumSeqs;
            int maxModelLen = group.MaxModelLen ?? model.MaxModelLen;
            int blocks = group.NumBlocks ?? (gpu is null
                ? CpuEngineSettings.NumBlocks(model, group.BlockSize, sequences, maxModelLen)
                : KvCapacity.Of(gpu, model, group.Tp, group.BlockSize, budget, sequences, group.GpuMemoryUtilization ?? KvCapacity.DefaultUtilization).NumBlocks);
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
                MaxModelLen = maxModelLen,
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
        catch (Exception fault) when (fault is CostModelException or ModelException or ArgumentException)
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
