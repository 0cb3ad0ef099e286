using Cortex.Policies;
using Xunit;

namespace Cortex.Serving.Tests.Allocation;

/// <summary>
/// Steps allocate nothing once calls like theirs have been served. A call itself may, where no sequence, block table or node of the prefix
/// index is left that another one has no use for any more.
/// </summary>
public sealed class StepAllocationTests
{
    private const int Output = 900;

    [Theory]
    [InlineData("vllm-v1", false)]
    [InlineData("vllm-v1", true)]
    [InlineData("vidur-sarathi", false)]
    public void Decodes_allocate_nothing_not_even_when_they_take_and_evict_blocks(string dialect, bool async)
    {
        LoneEngine engine = Decoding(LoneEngine.Settings(dialect, async), repeatSteps: false);
        (long evicted, int free) = (engine.Core.Kv.Evicted, engine.Core.Kv.Free);
        Assert.Equal(0, Allocated.Bytes(() => engine.Step(700)));
        Assert.Equal(48, engine.Core.Running);
        Assert.True(free - engine.Core.Kv.Free > 1000, "too few blocks were taken");
        Assert.Equal(dialect == "vllm-v1", engine.Core.Kv.Evicted - evicted > 500);
    }

    [Theory]
    [InlineData("vllm-v1")]
    [InlineData("vidur-sarathi")]
    public void Repeated_steps_allocate_nothing(string dialect)
    {
        LoneEngine engine = Decoding(LoneEngine.Settings(dialect), repeatSteps: true);
        engine.StepInRuns(runs: 3, longest: 7);
        int steps = 0;
        Assert.Equal(0, Allocated.Bytes(() => steps = engine.StepInRuns(runs: 90, longest: 7)));
        Assert.Equal(90 * 7, steps);
    }

    [Theory]
    [InlineData("vllm-v1", false)]
    [InlineData("vllm-v1", true)]
    [InlineData("vidur-sarathi", false)]
    public void Chunks_of_prompts_allocate_nothing(string dialect, bool async)
    {
        LoneEngine engine = new(LoneEngine.Settings(dialect, async), repeatSteps: false);
        for (int round = 0; round < 2; round++)
        {
            // Decodes beside it, so that steps hold both.
            for (int call = 0; call < 8; call++)
            {
                engine.Enqueue(prompt: 40, output: 200);
            }
            engine.Step(20);
            engine.Enqueue(prompt: 24_000, output: 10);
            engine.Step(4);
            long tokens = engine.Core.Totals.Tokens;
            long bytes = Allocated.Bytes(() => engine.Step(40));
            // Each step is full.
            Assert.InRange(engine.Core.Totals.Tokens - tokens, 40 * 500, 40 * 512);
            Assert.True(round == 0 || bytes == 0, $"{bytes} bytes in 40 steps");
            engine.StepUntilIdle();
        }
        Assert.Equal(18, engine.Ended);
    }

    /// <summary>Where keys choose the victims, these came first and have their row in the step already, which is taken back.</summary>
    [Theory]
    [InlineData("vllm-v1", false, VictimOrder.YoungestAdmission)]
    [InlineData("vllm-v1", true, VictimOrder.YoungestAdmission)]
    [InlineData("vllm-v1", false, VictimOrder.LargestKey)]
    [InlineData("vllm-v1", true, VictimOrder.LargestKey)]
    [InlineData("vidur-sarathi", false, VictimOrder.YoungestAdmission)]
    public void Preemptions_allocate_nothing(string dialect, bool async, VictimOrder victims)
    {
        LoneEngine engine = new(LoneEngine.Settings(dialect, async) with { NumBlocks = 200 }, repeatSteps: false, victims);
        for (int round = 0; round < 4; round++)
        {
            long bytes = 0;
            long preemptions = engine.Core.Totals.Preemptions;
            for (int call = 0; call < 48; call++)
            {
                engine.Enqueue(prompt: 40 + call, output: 200);
                bytes += Allocated.Bytes(() => engine.Step(2));
            }
            bytes += Allocated.Bytes(engine.StepUntilIdle);
            Assert.True(engine.Core.Totals.Preemptions - preemptions > 20, "too few preemptions");
            Assert.True(round < 3 || bytes == 0, $"{bytes} bytes");
        }
        Assert.Equal(4 * 48, engine.Ended);
    }

    /// <summary>Sessions that grow, with two turns of each side by side: keys are split, shared, published twice and evicted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Admissions_that_hit_the_cache_allocate_nothing(bool async)
    {
        LoneEngine engine = new(LoneEngine.Settings("vllm-v1", async) with { NumBlocks = 300 }, repeatSteps: false);
        for (int round = 0; round < 4; round++)
        {
            long bytes = 0;
            (long hits, long evicted) = (engine.Core.Totals.HitTokens, engine.Core.Kv.Evicted);
            for (int call = 0; call < 96; call++)
            {
                engine.EnqueueTurn(session: 8 * round + call / 2 % 8, prompt: 100 + 7 * call, output: 20);
                bytes += Allocated.Bytes(() => engine.Step(4));
            }
            bytes += Allocated.Bytes(engine.StepUntilIdle);
            Assert.InRange(engine.Core.Totals.HitTokens - hits, 10_000, long.MaxValue);
            Assert.True(round == 0 || engine.Core.Kv.Evicted - evicted > 100, "too few evictions");
            Assert.True(round < 3 || bytes == 0, $"{bytes} bytes");
        }
    }

    [Theory]
    [InlineData("vllm-v1", false)]
    [InlineData("vllm-v1", true)]
    [InlineData("vidur-sarathi", false)]
    public void Cancellations_allocate_nothing(string dialect, bool async)
    {
        LoneEngine engine = new(LoneEngine.Settings(dialect, async), repeatSteps: false);
        Action<Sequence> cancel = engine.Cancel;
        for (int round = 0; round < 4; round++)
        {
            long bytes = 0;
            for (int call = 0; call < 48; call++)
            {
                // One waits, one computes its prompt, one decodes; then each is given up.
                Sequence[] sequences = [engine.Enqueue(prompt: 40, output: 200), engine.Enqueue(prompt: 2000, output: 10), engine.Enqueue(prompt: 300, output: 10)];
                bytes += Allocated.Bytes(() => engine.Step(3)) + Allocated.Bytes(() => Array.ForEach(sequences, cancel));
                engine.Enqueue(prompt: 30, output: 20);
            }
            bytes += Allocated.Bytes(engine.StepUntilIdle);
            Assert.True(round < 3 || bytes == 0, $"{bytes} bytes");
        }
        Assert.Equal(4 * 48, engine.Ended);
    }

    /// <summary>48 calls amid their outputs, on an engine that has already served others whose blocks are still cached, and has given out blocks of such.</summary>
    private static LoneEngine Decoding(EngineSettings settings, bool repeatSteps)
    {
        LoneEngine engine = new(settings, repeatSteps);
        for (int batch = 0; batch < 3; batch++)
        {
            engine.StepUntilIdle();
            for (int call = 0; call < 48; call++)
            {
                // Of different lengths, so that they begin blocks in different steps.
                engine.Enqueue(prompt: 40 + call, Output);
            }
            engine.Step(60);
        }
        Assert.Equal(2 * 48, engine.Ended);
        return engine;
    }
}
