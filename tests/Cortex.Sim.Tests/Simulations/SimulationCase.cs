using System.Globalization;
using System.Text;
using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Serving;
using Cortex.Testing;
using Cortex.Workloads;

namespace Cortex.Sim.Tests.Simulations;

/// <summary>All that decides a simulation.</summary>
public sealed record SimulationCase
{
    public required Workload Workload { get; init; }
    public required IReadOnlyList<EngineSettings> Engines { get; init; }
    public required IReadOnlyDictionary<string, string> Policies { get; init; }
    public required IStepCost Cost { get; init; }
    public required PlayerOptions Player { get; init; }
    public Duration PlanningTime { get; init; }
    public ulong Seed { get; init; }

    private static readonly string[] Routings = ["round-robin", "least-work", "session-sticky", "prefix-aware", "power-of-two", "random"];
    private static readonly string[] Schedulings = ["fcfs", "priority", "shortest-first"];

    /// <summary>A case drawn from a seed: workloads with and without sharing, ample and scarce memory, all policies and cost models.</summary>
    public static SimulationCase Random(ulong seed, bool? asynchronous = null)
    {
        RandomStream draw = new(seed, "simulation case");
        bool nl2sql = draw.NextInt(2) == 0;
        int blockSize = 1 << draw.NextInt(6);
        bool asyncScheduling = asynchronous ?? draw.NextInt(2) == 0;
        EngineSettings engine = new()
        {
            Name = "engine",
            BlockSize = blockSize,
            NumBlocks = 1 + (nl2sql ? 12_000 : 1_500) * (1 + draw.NextInt(4)) / blockSize,
            MaxNumBatchedTokens = 64 << draw.NextInt(6),
            MaxNumSeqs = 2 + draw.NextInt(40),
            MaxModelLen = 8_192,
            EnablePrefixCaching = draw.NextInt(4) > 0,
            AsyncScheduling = asyncScheduling,
            LongPrefillTokenThreshold = draw.NextInt(4) == 0 ? 48 : 0,
            LongPrefillTokenThresholdAdaptive = draw.NextInt(2) == 0,
            SchedulerReserveFullIsl = draw.NextInt(4) > 0,
            Watermark = draw.NextInt(4) == 0 ? 0.02 : 0,
            EnableChunkedPrefill = true,
        };
        IStepCost cost = draw.NextInt(3) switch
        {
            0 => new ConstantCost(0.010, 0.005, 0.015),
            1 => new ClosedFormVidurCost(),
            _ => new RooflineCost(HardwareCatalog.Gpu("h100"), HardwareCatalog.Model("llama-3-8b"), 1),
        };
        bool closed = draw.NextInt(3) == 0;
        return new()
        {
            Workload = nl2sql ? Nl2Sql : RequestList(draw),
            Engines = [.. Enumerable.Repeat(engine, 1 + draw.NextInt(4))],
            Policies = new Dictionary<string, string>
            {
                ["routing"] = Routings[draw.NextInt(Routings.Length)],
                ["scheduling"] = Schedulings[draw.NextInt(Schedulings.Length)],
            },
            Cost = cost,
            Player = new() { Closed = closed, Load = closed ? 1 + draw.NextInt(30) : 0.5 + 4 * draw.NextDouble(), DeclareMax = draw.NextInt(2) == 0 },
            PlanningTime = new(draw.NextInt(2) * draw.NextInt(1_000_000)),
            Seed = seed,
        };
    }

    private static readonly Lazy<Workload> LazyNl2Sql = new(() => TraceFile.Load(Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl")));

    public static Workload Nl2Sql => LazyNl2Sql.Value;

    /// <summary>60 to 260 requests of their own, some arriving together, some on whole multiples of usual step times.</summary>
    private static Workload RequestList(RandomStream draw)
    {
        StringBuilder csv = new("id,arrived_at,prompt_tokens,output_tokens\n");
        int count = 60 + draw.NextInt(200);
        double at = 0;
        for (int id = 0; id < count; id++)
        {
            at += draw.NextInt(3) switch { 0 => 0, 1 => 0.005 * draw.NextInt(20), _ => 0.2 * draw.NextDouble() };
            int prompt = 1 + draw.NextInt(draw.NextInt(4) == 0 ? 900 : 120);
            csv.Append(CultureInfo.InvariantCulture, $"{id},{at:F6},{prompt},{1 + draw.NextInt(150)}\n");
        }
        return TraceFile.Load(Encoding.UTF8.GetBytes(csv.ToString()), "requests.csv");
    }
}
