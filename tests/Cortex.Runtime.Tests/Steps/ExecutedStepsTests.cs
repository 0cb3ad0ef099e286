using Cortex.Policies;
using Cortex.Runtime.Engines;
using Cortex.Serving;
using Cortex.Serving.Parity;
using Cortex.Testing;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Runtime.Tests.Steps;

/// <summary>Parity, level 2: what engines are asked to compute is what the core has planned, to the token and the block.</summary>
public sealed class ExecutedStepsTests
{
    private const int Vocabulary = 97;
    private static readonly StreamTokens Tokens = new(Vocabulary, [0, 2]);

    [Theory]
    [InlineData("vllm-v1", false)]
    [InlineData("vllm-v1", true)]
    [InlineData("vidur-sarathi", false)]
    public void Crowded_engines_execute_what_was_planned_through_preemptions_and_cancellations(string dialect, bool asynchronous)
    {
        LiveCase live = LiveCase.Crowded(2_000, asynchronous);
        PlainSteps planned = Check(live with { Engine = live.Engine with { Dialect = dialect, EnablePrefixCaching = dialect == "vllm-v1" } });
        Assert.True(planned.Resumed >= 100, $"{planned.Resumed} resumptions");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agents_find_what_others_have_computed(bool asynchronous)
    {
        PlainSteps planned = Check(Agents(asynchronous));
        Assert.True(planned.Hits >= 1_000, $"{planned.Hits} hits");
    }

    [Fact]
    public void A_journal_tells_a_step_that_was_not_executed_as_planned()
    {
        LiveResult run = (LiveCase.Crowded(200, asynchronous: true) with { Device = _ => new ModelEngine(new OneWrongStep(), Tokens) }).Run();
        Assert.Null(run.Fault);
        ExecutionCheck check = run.Record().Execution;
        Assert.Equal(check.Executed - 2, check.Equal);
        Assert.Equal(20, check.FirstDifference?.Step);
    }

    [Fact]
    public void Null_engines_execute_nothing() => Assert.Equal(0, LiveCase.Crowded(50, asynchronous: true).Run().Record().Execution.Executed);

    private static PlainSteps Check(LiveCase live)
    {
        RecordingEngine[] engines = [.. Enumerable.Range(0, live.Engines).Select(_ => new RecordingEngine(live.Engine.BlockSize, live.Engine.NumBlocks))];
        LiveResult run = (live with { Device = worker => new ModelEngine(engines[worker], Tokens) }).Run();
        Assert.Null(run.Fault);
        PlainSteps planned = PlainSteps.Of(run);
        Assert.Equal(planned.Steps.Count, engines.Sum(engine => engine.Steps.Count));
        Dictionary<int, int[]> tokens = planned.Steps.Values.SelectMany(rows => rows)
            .GroupBy(row => row.Key, row => row.Value.Start + row.Value.Tokens)
            .ToDictionary(call => call.Key, call => TokensOf(planned.Requests[call.Key], call.Max()));
        foreach (((int worker, long step), Dictionary<int, PlainRow> rows) in planned.Steps)
        {
            RecordedRow[] executed = engines[worker].Steps[(int)step - 1];
            Assert.Equal(rows.Keys.Order(), executed.Select(row => row.Sequence).Order());
            foreach (RecordedRow row in executed)
            {
                PlainRow plan = rows[row.Sequence];
                Assert.Equal((plan.Start, plan.Tokens, plan.Yields), (row.Start, row.Tokens.Length, row.Yields));
                Assert.Equal(plan.Blocks, row.Blocks);
                Assert.Equal(tokens[row.Sequence][plan.Start..(plan.Start + plan.Tokens)], row.Tokens);
            }
        }
        ExecutionCheck check = run.Record().Execution;
        Assert.Equal((planned.Steps.Count, planned.Steps.Count), (check.Executed, check.Equal));
        Assert.All(engines, engine => Assert.Distinct(engine.Forgotten));
        return planned;
    }

    private static int[] TokensOf(CallRequest call, int count) =>
    [
        .. call.Prompt.SelectMany(segment => Enumerable.Range(segment.Offset, segment.Length).Select(offset => Tokens.IdOf(segment.Stream, offset)))
            .Concat(Enumerable.Range(0, Math.Max(0, count - call.PromptTokens)).Select(offset => Tokens.IdOf(call.Output, offset))).Take(count),
    ];

    private static LiveCase Agents(bool asynchronous) => new()
    {
        Workload = TraceFile.Load(Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl")),
        Player = new() { Closed = true, Load = 40 },
        Engine = new() { Name = "engine", NumBlocks = 1_600, MaxNumBatchedTokens = 2_048, MaxNumSeqs = 64, MaxModelLen = 8_192, AsyncScheduling = asynchronous, SchedulerReserveFullIsl = false },
        Options = new() { Speed = 1_000 },
    };

    /// <summary>Computes its step 20 over another block.</summary>
    private sealed class OneWrongStep : IEngine
    {
        private int steps;

        public int BlockSize => 8;

        public int BlocksIn(KvTier tier) => 121;

        public void Run(StepBatch batch, Span<int> sampled) => batch.BlockIds[0] += ++steps == 20 ? 1 : 0;

        public void CopyBlocks(ReadOnlySpan<BlockCopy> copies) => throw new NotSupportedException();

        public void Forget(int sequence)
        {
        }

        public void Dispose()
        {
        }
    }
}
