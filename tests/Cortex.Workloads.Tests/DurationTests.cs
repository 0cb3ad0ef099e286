using Cortex.Policies;
using Cortex.Policies.Random;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Plays that are ended after a time.</summary>
public sealed class DurationTests
{
    private static readonly Duration Minute = Duration.FromSeconds(60);
    private static readonly Workload Trace = Generating.Load(new ReActProfile(), seed: 3, workflows: 60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Until_then_all_is_as_without_an_end_and_nothing_starts_later(bool closed)
    {
        PlayerOptions endless = new() { Closed = closed, Load = closed ? 5 : 1 };
        Play whole = Play.With(Trace, endless, Time);
        Play cut = Play.With(Trace, endless with { Duration = Minute, Grace = Duration.FromSeconds(5) }, Time);
        PlayerEvent[] early = [.. whole.Events.Where(e => e.At.Ns < Minute.Ns)];
        Assert.NotEqual(early.Length, whole.Events.Count);
        Assert.Equal(early, cut.Events.TakeWhile(e => e.At.Ns < Minute.Ns));
        // What is told later are the ends of workflows alone whose last call was under way.
        Assert.All(cut.Events.Skip(early.Length), e => Assert.Equal(PlayerEventKind.WorkflowEnded, e.Kind));
        Assert.Equal(Instant.Never, cut.Player.NextDue);
        Assert.Equal(new Instant(65_000_000_000), cut.Player.Deadline);
    }

    [Fact]
    public void A_trace_that_comes_later_never_does()
    {
        Workload late = Traces.Parse(Traces.AgentflowHeader, """{"id":"w","arrival":61000000,"nodes":[{"n":0,"kind":"llm","prompt":[["u:0",0,9]],"out":3}]}""");
        Assert.Empty(Play.With(late, new() { Closed = false, Duration = Minute }, Time).Events);
    }

    [Fact]
    public void It_counts_from_the_barrier_of_a_primed_snapshot()
    {
        SnapshotOptions snapshot = new(new RandomStream(1, "snapshot")) { Primed = true };
        Play play = Play.With(Trace, new() { Closed = true, Load = 5, Duration = Minute, Snapshot = snapshot }, Time);
        Assert.True(play.Player.MeasuredFrom > Instant.Zero);
        Assert.Equal(play.Player.MeasuredFrom + Minute, play.Player.Deadline);
    }

    [Fact]
    public void Without_it_there_is_no_deadline() => Assert.Equal(Instant.Never, new TracePlayer(Trace, new() { Closed = true }).Deadline);

    private static long Time(int tag) => Trace.Nodes[tag] is { Kind: NodeKind.Llm } call ? call.OutputTokens * 10_000_000L : Trace.Nodes[tag].DurationNs;
}
