using Cortex.Policies;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Models;
using Cortex.Serving.Parity;
using Cortex.Testing;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Runtime.Tests.Steps;

/// <summary>
/// All three levels of parity with engines that really compute; and what calls sample among others, on the blocks that the core gave them, found in
/// the cache or taken away again, is what each samples alone.
/// </summary>
public sealed class RealModelTests
{
    private const string Real = "models/smollm2-135m-instruct";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Crowded_calls_are_preempted_and_sample_what_each_samples_alone(bool asynchronous)
    {
        PlainSteps planned = Check("random:tiny", LiveCase.Crowded(400, asynchronous));
        Assert.True(planned.Resumed >= 20, $"{planned.Resumed} resumptions");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agents_find_what_others_have_computed_and_sample_what_each_samples_alone(bool asynchronous)
    {
        PlainSteps planned = Check("random:tiny-qwen3", new()
        {
            Workload = TraceFile.Load(Path.Combine(Shared.Solution, "traces", "nl2sql-tools.jsonl")),
            Player = new() { Closed = true, Load = 8 },
            Engine = new() { Name = "engine", NumBlocks = 192, MaxNumBatchedTokens = 256, MaxNumSeqs = 8, MaxModelLen = 1_024, AsyncScheduling = asynchronous, SchedulerReserveFullIsl = false },
            Options = new() { Speed = 100 },
        });
        Assert.True(planned.Hits >= 20, $"{planned.Hits} hits");
    }

    [SharedFact(Real)]
    public void A_real_model_under_memory_pressure_samples_what_each_call_samples_alone()
    {
        PlainSteps planned = Check(Shared.PathOf(Real), new()
        {
            Workload = LiveCase.Requests(8, gap: 0, mostPrompt: 60, mostOutput: 12),
            Player = new() { Closed = false },
            Engine = new() { Name = "engine", BlockSize = 8, NumBlocks = 14, MaxNumBatchedTokens = 64, MaxNumSeqs = 8, MaxModelLen = 96, SchedulerReserveFullIsl = false },
            Engines = 1,
        });
        Assert.True(planned.Resumed > 0, $"{planned.Resumed} resumptions");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_arrivals_far_apart_the_free_simulation_decides_as_engines_that_compute(bool asynchronous)
    {
        using ModelWeights weights = ModelLoader.Open("random:tiny");
        LiveCase live = LiveCase.FarApart(workflows: 40, asynchronous);
        CpuEngine[] engines = EnginesOf(weights, live);
        LiveResult run = (live with { Device = worker => new ModelEngine(engines[worker], TokensOf(weights)) }).Run();
        Array.ForEach(engines, engine => engine.Dispose());
        Assert.Null(run.Fault);
        Assert.Null(run.Simulate(recorded => recorded.DeviceTimes).First);
    }

    private static PlainSteps Check(string model, LiveCase live)
    {
        using ModelWeights weights = ModelLoader.Open(model);
        StreamTokens tokens = TokensOf(weights);
        SampleLog[] engines = [.. EnginesOf(weights, live).Select(engine => new SampleLog(engine))];
        LiveResult run = (live with { Device = worker => new ModelEngine(engines[worker], tokens) }).Run();
        Array.ForEach(engines, engine => engine.Dispose());
        Assert.Null(run.Fault);

        ExecutionCheck executed = run.Record().Execution;
        Assert.Equal((executed.Executed, null), (executed.Equal, executed.FirstDifference));
        Assert.Null(run.Simulate(recorded => recorded.TimesUntilTold).First);

        PlainSteps planned = PlainSteps.Of(run);
        Assert.Equal(planned.Steps.Count, executed.Executed);
        using CpuEngine alone = new(weights, new() { Blocks = (live.Engine.MaxModelLen / 16) + 1, Threads = 2 });
        foreach ((int tag, SortedDictionary<int, int> sampled) in engines.SelectMany(engine => engine.Sampled))
        {
            List<int> text = [];
            tokens.AddTo(text, planned.Requests[tag], start: 0, sampled.Keys.Last() + 1);
            int[] behind = Alone(alone, text);
            Assert.All(sampled, token => Assert.Equal(behind[token.Key], token.Value));
        }
        return planned;
    }

    /// <summary>The likeliest token behind each of a text, which is computed in one step.</summary>
    private static int[] Alone(CpuEngine engine, List<int> text)
    {
        StepBatch batch = new();
        int[] blocks = [.. Enumerable.Range(0, engine.BlocksIn(KvTier.Device))];
        for (int position = 0; position < text.Count; position++)
        {
            batch.Rows.Add(new(Sequence: 0, position, Tokens: 1, blocks.Length, Yields: true));
            batch.TokenIds.Add(text[position]);
            batch.BlockIds.AddRange(blocks);
        }
        int[] sampled = new int[text.Count];
        engine.Run(batch, sampled);
        return sampled;
    }

    private static CpuEngine[] EnginesOf(ModelWeights weights, LiveCase live) =>
        [.. Enumerable.Range(0, live.Engines).Select(_ => new CpuEngine(weights, new() { BlockSize = live.Engine.BlockSize, Blocks = live.Engine.NumBlocks, Threads = 1 }))];

    private static StreamTokens TokensOf(ModelWeights weights) => new(weights.Shape.Vocabulary, weights.Shape.StopTokens);
}
