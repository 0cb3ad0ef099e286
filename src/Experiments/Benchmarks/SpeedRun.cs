using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Benchmarks;

/// <summary>A run of the simulator whose speed is measured: a trace, a cluster of equal engines, and how the trace is played.</summary>
/// <param name="Name">Of the measurement.</param>
/// <param name="Trace">Relative to the folder of reference data.</param>
internal sealed record SpeedRun(string Name, string Trace)
{
    /// <summary>How often the trace is taken, one copy after the other.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Whether the process keeps to one processor.</summary>
    public bool OneCore { get; init; }

    public required int EngineCount { get; init; }
    public required EngineSettings Engine { get; init; }
    /// <summary>Made when the run begins: data files are read by the runs that need them.</summary>
    public required Func<IStepCost> Cost { get; init; }
    public required PlayerOptions Player { get; init; }
    public required string Routing { get; init; }

    /// <summary>Vidur's run <c>F_conv_x2_sarathi</c>: Azure conversation at twice the rate on one engine of Llama-2-7B's size.</summary>
    public static SpeedRun ConvX2 { get; } = new("conv_x2", "peers/vidur/inputs/conv_x2.csv.gz")
    {
        EngineCount = 1,
        Engine = new()
        {
            Name = "engine",
            Dialect = "vidur-sarathi",
            AsyncScheduling = false,
            BlockSize = 16,
            NumBlocks = 30_208,
            Watermark = 0.01,
            MaxNumSeqs = 128,
            MaxNumBatchedTokens = 512,
            MaxModelLen = int.MaxValue,
            EnablePrefixCaching = false,
        },
        Cost = () => new ClosedFormVidurCost(),
        Player = new() { Closed = false },
        Routing = "round-robin",
    };

    /// <summary>AISimulate's run <c>conv_w8_fixed_ample</c>: Mooncake conversation on eight engines with blocks to spare.</summary>
    public static SpeedRun Mooncake { get; } = new("mooncake", "traces/mooncake/conversation_trace.jsonl.gz")
    {
        EngineCount = 8,
        Engine = new()
        {
            Name = "engine",
            AsyncScheduling = false,
            BlockSize = 512,
            NumBlocks = 16_384 + 1, // One block is never used.
            MaxNumSeqs = 256,
            MaxNumBatchedTokens = 8192,
            MaxModelLen = 1_000_000,
        },
        Cost = () => new ConstantCost(prefill: 0.010, decode: 0.005, both: 0.015),
        Player = new() { Closed = false },
        Routing = "round-robin",
    };

    /// <summary>All coding sessions of WEKA v8, 64 at a time, on eight engines.</summary>
    public static SpeedRun Weka { get; } = new("weka_v8", "traces/weka-claude-code/sessions_v8_local.jsonl.gz")
    {
        OneCore = true,
        EngineCount = 8,
        Engine = new()
        {
            Name = "engine",
            NumBlocks = 64_000,
            MaxNumSeqs = 1024, // vLLM's default on an H100.
            MaxNumBatchedTokens = 8192,
            MaxModelLen = 1_000_000,
        },
        Cost = () => new RooflineCost(HardwareCatalog.Gpu("h100"), HardwareCatalog.Model("llama-3.1-70b"), tensorParallel: 4),
        Player = new() { Closed = true, Load = 64, MaxThink = Duration.FromSeconds(60) },
        Routing = "session-sticky",
    };

    /// <summary>The same over the trace taken twice: 64 users go through twice as many sessions.</summary>
    public static SpeedRun WekaTwice { get; } = Weka with { Name = "weka_v8_twice", Copies = 2 };
}
