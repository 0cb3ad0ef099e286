using Cortex.Policies;
using Cortex.Runtime.Engines;
using Cortex.Serving;
using Cortex.Testing;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Runtime.Tests;

/// <summary>A live run begins, goes on and ends as it should.</summary>
public sealed class LiveBackendTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agents_with_tools_and_pauses_are_played_to_their_end(bool closed)
    {
        Workload workload = TraceFile.Load(Path.Combine(Shared.Solution, "traces", "nl2sql.jsonl"));
        LiveCase live = new()
        {
            Workload = workload,
            Player = new() { Closed = closed, Load = closed ? 40 : 2 },
            Engine = new() { Name = "engine", NumBlocks = 20_000, MaxNumBatchedTokens = 8_192, MaxNumSeqs = 256, MaxModelLen = 32_768 },
            Engines = 3,
            Routing = "session-sticky",
            Options = new() { Speed = 1_000 },
            Times = worker => new DrawnStepTimes(1, worker, new(1_000_000), new(20_000_000)),
        };
        LiveResult run = live.Run();
        Assert.Null(run.Fault);
        RunCounts counts = run.Metrics.Totals;
        Assert.Equal(workload.Workflows.Length, counts.Workflows);
        Assert.Equal(counts.Workflows, counts.WorkflowsEnded);
        Assert.Equal(counts.Calls, counts.Finished);
        Assert.True(run.Replay().IsIdentical);
    }

    [Fact]
    public void Calls_that_cannot_fit_are_refused_and_the_others_go_on()
    {
        LiveCase live = LiveCase.Crowded(300, asynchronous: true);
        LiveResult run = (live with { Engine = live.Engine with { MaxModelLen = 100 } }).Run();
        Assert.Null(run.Fault);
        RunCounts counts = run.Metrics.Totals;
        Assert.InRange(counts.Refused, 1, 299);
        Assert.Equal(300, counts.Finished + counts.Cancelled + counts.Refused);
    }

    [Fact]
    public void The_output_is_that_of_the_trace_where_nobody_gives_up()
    {
        LiveCase live = LiveCase.FarApart(100, asynchronous: true);
        RunCounts counts = live.Run().Metrics.Totals;
        Assert.Equal(live.Workload.Totals.OutputTokens, counts.OutputTokens);
        Assert.Equal(live.Workload.Totals.PromptTokens, counts.PromptTokens);
    }

    [Fact]
    public void A_fault_in_an_engines_thread_ends_the_run_with_that_fault()
    {
        NotSupportedException broken = new("engine 1 is broken");
        LiveCase live = LiveCase.Crowded(2_000, asynchronous: true) with { Times = worker => new BrokenTimes(worker == 1 ? 50 : int.MaxValue, broken) };
        LiveResult run = live.Run();
        Assert.Same(broken, run.Fault);
        // What was journaled until then is whole, as far as it goes.
        Assert.True(run.Replay().IsIdentical);
        Assert.False(run.Replay().HasEnded);
    }

    [Fact]
    public void A_cancelled_run_ends_at_once_with_every_call_counted_and_a_whole_journal()
    {
        using CancellationTokenSource cancel = new();
        // The second step of an engine would take a day; the run is given up when it begins.
        LiveCase live = LiveCase.Crowded(200, asynchronous: true) with { Times = _ => new EndlessTimes(cancel) };
        LiveResult run = live.Run(cancel.Token);
        Assert.IsType<OperationCanceledException>(run.Fault);
        RunCounts counts = run.Metrics.Totals;
        Assert.True(counts.Unfinished > 0);
        Assert.Equal(counts.Calls, counts.Finished + counts.Cancelled + counts.Unfinished);
        Assert.True(run.Replay().IsIdentical);
        Assert.True(run.Replay().HasEnded);
    }

    [Fact]
    public void A_run_with_a_duration_ends_at_its_deadline_with_every_call_counted()
    {
        const int Far = 100_000; // Calls that one user makes one after another take minutes.
        LiveCase live = LiveCase.FarApart(Far, asynchronous: true);
        LiveResult run = (live with { Player = live.Player with { Duration = new(100_000_000), Grace = new(50_000_000) } }).Run();
        Assert.Null(run.Fault);
        RunCounts counts = run.Metrics.Totals;
        Assert.InRange(counts.Calls, 1, Far - 1);
        Assert.InRange(counts.Unfinished, 0, 1);
        Assert.Equal(counts.Calls, counts.Finished + counts.Unfinished);
        Assert.True(run.Replay().IsIdentical);
    }

    [Fact]
    public void A_speed_of_nothing_is_refused()
    {
        LiveCase live = LiveCase.FarApart(1, asynchronous: true);
        Assert.Throws<ArgumentException>(() => (live with { Options = new() { Speed = 0 } }).Run());
        Assert.Throws<ArgumentException>(() => (live with { Options = new() { Speed = double.NaN } }).Run());
    }

    private sealed class BrokenTimes(int steps, Exception fault) : IStepTimes
    {
        private int left = steps;

        public Duration Of(StepPlan plan) => left-- > 0 ? new(20_000) : throw fault;
    }

    private sealed class EndlessTimes(CancellationTokenSource cancel) : IStepTimes
    {
        private bool isFirst = true;

        public Duration Of(StepPlan plan)
        {
            if (isFirst)
            {
                isFirst = false;
                return new(20_000);
            }
            cancel.Cancel();
            return Duration.FromSeconds(86_400);
        }
    }
}
