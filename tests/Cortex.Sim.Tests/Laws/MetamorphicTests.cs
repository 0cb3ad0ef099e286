using Cortex.CostModels;
using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Serving;
using Cortex.Sim.Tests.Simulations;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Sim.Tests.Laws;

/// <summary>What must follow for the whole simulator when its input is changed in a known way; seeds 1 to 20. Numbers are those of the list of checks.</summary>
public sealed class MetamorphicTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds)), Trait("check", "16")]
    public void Twice_as_slow_a_world_doubles_every_time(ulong seed)
    {
        SimulatedRun once = SimulatedRun.Play(Case(seed, scale: 1));
        SimulatedRun twice = SimulatedRun.Play(Case(seed, scale: 2));
        Assert.Equal(once.Records.Select(Doubled), twice.Records);
        Assert.Equal(2 * once.End.Ns, twice.End.Ns);
        Assert.Contains(once.Records, record => record.Scheduled > record.Ready);
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "17")]
    public void Names_of_replicas_change_nothing(ulong seed)
    {
        SimulationCase @case = Case(seed);
        SimulatedRun run = SimulatedRun.Play(@case);
        SimulatedRun renamed = SimulatedRun.Play(@case with { Engines = [.. @case.Engines.Select((engine, i) => engine with { Name = $"z{9 - i}" })] });
        Assert.Equal(run.Records, renamed.Records);
        Assert.Equal(run.Fingerprint, renamed.Fingerprint);
    }

    /// <summary>Two unlike replicas in turns; one call more at the start lets the turns begin with the other.</summary>
    [Theory, MemberData(nameof(Seeds)), Trait("check", "17")]
    public void Replicas_in_another_order_serve_the_same_calls_at_the_same_times(ulong seed)
    {
        EngineSettings small = Engine(seed) with { Name = "small", MaxNumSeqs = 2 }, large = Engine(seed) with { Name = "large", MaxNumSeqs = 16 };
        SimulationCase @case = Case(seed) with { Policies = new Dictionary<string, string> { ["routing"] = "round-robin" } };
        SimulatedRun run = SimulatedRun.Play(@case with { Engines = [small, large] });
        SimulatedRun turned = SimulatedRun.Play(@case with { Engines = [large, small], Workload = Sessions.Draw(seed, before: true) });
        Assert.Equal(
            run.Records.Select(record => (Times(record), record.Worker)),
            turned.Records.Skip(1).Select(record => (Times(record), new WorkerId((ushort)(1 - record.Worker.Value)))));
        Assert.Equal(2, run.Records.Select(record => record.Worker).Distinct().Count());
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "18")]
    public void A_replica_without_capacity_changes_nothing(ulong seed)
    {
        SimulationCase @case = Case(seed);
        EngineSettings none = @case.Engines[0] with { Name = "none", NumBlocks = 2 };
        Assert.Equal(SimulatedRun.Play(@case).Records, SimulatedRun.Play(@case with { Engines = [.. @case.Engines, none] }).Records);
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "20")]
    public void Twice_the_bandwidth_never_slows_a_step(ulong seed)
    {
        RandomStream draw = new(seed, "shapes");
        GpuDescription gpu = HardwareCatalog.Gpu("h100");
        ModelDescription model = HardwareCatalog.Model("llama-3-8b");
        for (int i = 0; i < 200; i++)
        {
            int ranks = 1 << draw.NextInt(4), decodes = draw.NextInt(200), before = draw.NextInt(4_000), chunk = draw.NextInt(2) * (1 + draw.NextInt(2_000));
            if (decodes + chunk == 0)
            {
                continue;
            }
            double now = Seconds(gpu), memory = Seconds(gpu with { MemoryBandwidth = 2 * gpu.MemoryBandwidth }), link = Seconds(gpu with { LinkBandwidth = 2 * gpu.LinkBandwidth });
            Assert.True(memory < now && memory >= now / 2, $"memory: {now} s to {memory} s");
            Assert.True(ranks == 1 ? link == now : link < now && link >= now / 2, $"links of {ranks}: {now} s to {link} s");

            double Seconds(GpuDescription with) => new RooflineCost(with, model, ranks).Seconds(
                new()
                {
                    Tokens = decodes + chunk,
                    DecodeSequences = decodes,
                    DecodeContext = decodes * 700L,
                    Prefills = chunk == 0 ? [] : new PrefillChunk[] { new(before, chunk) },
                },
                out _);
        }
    }

    /// <summary>Under routing without chance: one stream of it serves all pools.</summary>
    [Theory, MemberData(nameof(Seeds)), Trait("check", "21")]
    public void Sessions_in_pools_of_their_own_add_up(ulong seed)
    {
        string[] routings = ["round-robin", "least-work", "session-sticky", "prefix-aware"];
        SimulationCase both = Case(seed) with
        {
            Engines = [.. Enumerable.Repeat(Engine(seed), 4)],
            Policies = new Dictionary<string, string> { ["routing"] = routings[seed % 4] },
        };
        SimulatedRun together = SimulatedRun.Play(both with { Policies = new Dictionary<string, string>(both.Policies) { ["pooling"] = "stage-isolated" } });
        foreach (string kind in (string[])["a", "b"])
        {
            Workload alone = Sessions.Draw(seed, kinds: kind);
            SimulatedRun apart = SimulatedRun.Play(both with { Engines = [.. both.Engines.Take(2)], Workload = alone });
            int stage = both.Workload.Stages.IndexOf(kind);
            Assert.Equal(
                together.Records.Where(record => record.Stage.Value == stage).OrderBy(record => record.Tag).Select(Times),
                apart.Records.OrderBy(record => record.Tag).Select(Times));
        }
    }

    [Theory, MemberData(nameof(Seeds)), Trait("check", "23")]
    public void With_endless_memory_nothing_is_preempted(ulong seed)
    {
        SimulationCase @case = SimulationCase.Random(seed);
        SimulatedRun run = SimulatedRun.Play(@case with { Engines = [.. @case.Engines.Select(engine => engine with { NumBlocks = 4_000_000 / engine.BlockSize })] });
        Assert.Equal(0, run.Simulation.Core.Engines.Sum(engine => engine.Totals.Preemptions));
        Assert.All(run.Records, record => Assert.Equal(CallState.Finished, record.State));
    }

    [Fact, Trait("check", "23")]
    public void With_scarce_memory_something_is() =>
        Assert.True(Enumerable.Range(1, 20).Sum(seed => SimulatedRun.Play(SimulationCase.Random((ulong)seed)).Simulation.Core.Engines.Sum(engine => engine.Totals.Preemptions)) > 100);

    [Theory, MemberData(nameof(Seeds)), Trait("check", "23")]
    public void A_call_alone_takes_what_the_cost_model_says(ulong seed)
    {
        RandomStream draw = new(seed, "alone");
        RooflineCost cost = new(HardwareCatalog.Gpu("h100"), HardwareCatalog.Model("llama-3-8b"));
        int prompt = 1 + draw.NextInt(3_000), output = 1 + draw.NextInt(300), budget = 64 << draw.NextInt(5);
        SimulatedRun run = SimulatedRun.Play(Case(seed) with
        {
            Engines = [Engine(seed) with { MaxNumBatchedTokens = budget, MaxModelLen = 4_096, NumBlocks = 1_000 }],
            Cost = cost,
            PlanningTime = Duration.Zero,
            Workload = TraceFile.Load(
                System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"id,arrived_at,prompt_tokens,output_tokens\n0,1,{prompt},{output}\n")), "alone.csv"),
        });
        CallRecord call = Assert.Single(run.Records);
        double first = 0;
        for (int done = 0; done < prompt; done += budget)
        {
            int chunk = Math.Min(budget, prompt - done);
            // A last chunk of one token is a row that computes the one token it lacks.
            first += done > 0 && chunk == 1 || prompt == 1
                ? cost.Seconds(new() { Tokens = 1, DecodeSequences = 1, DecodeContext = prompt }, out _)
                : cost.Seconds(new() { Tokens = chunk, DecodeSequences = 0, DecodeContext = 0, Prefills = new PrefillChunk[] { new(done, chunk) } }, out _);
        }
        double rest = 0;
        for (int token = 1; token < output; token++)
        {
            rest += cost.Seconds(new() { Tokens = 1, DecodeSequences = 1, DecodeContext = prompt + token }, out _);
        }
        Assert.Equal(call.Ready, call.Scheduled);
        Assert.InRange((call.FirstToken - call.Ready).Ns - (first * 1e9), -1, 1);
        Assert.InRange((call.End - call.FirstToken).Ns - (rest * 1e9), -1, 1);
    }

    private static SimulationCase Case(ulong seed, int scale = 1)
    {
        SimulationCase random = SimulationCase.Random(seed);
        return random with
        {
            Workload = Sessions.Draw(seed, scale),
            Engines = [.. Enumerable.Repeat(Engine(seed), 2)],
            Cost = new ScaledCost(random.Cost, scale),
            Player = new() { Closed = false, Load = 1, DeclareMax = random.Player.DeclareMax },
            PlanningTime = new(random.PlanningTime.Ns * scale),
        };
    }

    /// <summary>Narrow, so that calls queue and are preempted.</summary>
    private static EngineSettings Engine(ulong seed) => new()
    {
        Name = "engine",
        BlockSize = 16,
        NumBlocks = 161,
        MaxNumBatchedTokens = 256,
        MaxNumSeqs = 6,
        MaxModelLen = 2_400,
        AsyncScheduling = seed % 2 == 0,
    };

    private static (long Ready, long Scheduled, long First, long End, int Hits, int Preemptions) Times(CallRecord record) =>
        (record.Ready.Ns, record.Scheduled.Ns, record.FirstToken.Ns, record.End.Ns, record.HitTokens, record.Preemptions);

    private static CallRecord Doubled(CallRecord record) => record with
    {
        Ready = new(2 * record.Ready.Ns),
        Scheduled = new(2 * record.Scheduled.Ns),
        FirstToken = new(2 * record.FirstToken.Ns),
        End = new(2 * record.End.Ns),
        Lost = new(2 * record.Lost.Ns),
        LostInPrefill = new(2 * record.LostInPrefill.Ns),
    };
}
