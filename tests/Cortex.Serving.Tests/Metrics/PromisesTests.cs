using Cortex.Policies;
using Xunit;

namespace Cortex.Serving.Tests.Metrics;

/// <summary>Bounds of single calls and workflows over the small run, which lasts 10 s.</summary>
public sealed class PromisesTests
{
    [Theory]
    // Call 1 takes 0.25 s to its first token, call 0 takes 1 s, call 6 takes 3 s.
    [InlineData(null, null, 0.1)]
    [InlineData(1000, null, 0.2)]
    [InlineData(999, null, 0.1)]
    [InlineData(1000, 3000, 0.3)]
    public void A_calls_own_bound_counts_in_place_of_the_runs(int? ofCall0, int? ofCall6, double goodput) => Assert.Equal(
        goodput,
        Summary(new(Ttft: Ms(500), null, null, null), new Promises(tag => new(tag switch { 0 => Ms(ofCall0), 6 => Ms(ofCall6), _ => null }, null, null, null))).GoodputCalls);

    [Fact]
    public void A_bound_on_one_time_leaves_the_others_to_the_run()
    {
        Promises promises = new(_ => new(null, null, E2e: Ms(4000), null));
        Assert.Equal(0.3, Summary(new(null, null, E2e: Ms(1), null), promises).GoodputCalls);
        Assert.Equal(0.1, Summary(new(Ttft: Ms(500), null, null, null), promises).GoodputCalls);
        Assert.Equal(0.1, Summary(default, new(_ => new(null, Tpot: Ms(499), E2e: Ms(3999), null))).GoodputCalls);
    }

    [Theory]
    // Workflow 0 takes 5 s, workflow 4 takes 4 s.
    [InlineData(null, null, 0.2)]
    [InlineData(3999, null, 0.1)]
    [InlineData(3999, 4500, 0.0)]
    [InlineData(4000, 4999, 0.1)]
    [InlineData(null, 4500, 0.1)]
    public void A_workflows_own_bound_counts_in_place_of_the_runs(int? ofWorkflow4, int? ofRun, double goodput) => Assert.Equal(
        goodput, Summary(new(null, null, null, Ms(ofRun)), new Promises(_ => default, tag => tag == 4 ? Ms(ofWorkflow4) : null)).GoodputWorkflows);

    private static Duration? Ms(int? ms) => ms is { } value ? new Duration(value * 1_000_000L) : null;

    private static RunSummary Summary(SloBounds slo, Promises promises)
    {
        MetricsCollector collector = new(promises: promises);
        SmallRun.Play(collector);
        return collector.Summarise(SmallRun.End, slo);
    }

    private sealed class Promises(Func<int, SloBounds> ofCall, Func<int, Duration?>? ofWorkflow = null) : IPromises
    {
        public SloBounds OfCall(int tag) => ofCall(tag);

        public Duration? OfWorkflow(int tag) => ofWorkflow?.Invoke(tag);
    }
}
