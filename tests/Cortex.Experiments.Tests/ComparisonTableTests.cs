using Cortex.CostModels;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class ComparisonTableTests
{
    [Theory]
    [InlineData(MetricNames.SloAttainment, new[] { 0.4, 0.5, 0.6 }, @"50\.0 ±24\.8 │")]
    [InlineData(MetricNames.SloAttainment, new[] { 0.999, 0.97, 0.9995 }, @"9[89]\.\d \(\d\d\.\d–99\.\d\) │")]
    [InlineData(MetricNames.HitRate, new[] { 0.001, 0.03, 0.0005 }, @"1\.05 \(0\.0\d–\d\d\.\d\d\) │")]
    [InlineData(MetricNames.CallsPerSecond, new[] { 0.001, 0.03, 0.0005 }, @"0\.0105 ±0\.0420 │")]
    public void A_share_is_shown_with_half_its_interval_or_where_that_reaches_too_far_with_its_bounds(string metric, double[] values, string cell)
    {
        CellResult?[] repetitions =
            [.. values.Select(value => new CellResult([], new() { [metric] = value }, [], "0"))];
        var console = new TestConsole();
        new ComparisonTable(ResultTable.Of(["workload.load"], "baseline", [new("baseline", ["1"], new CostStamp("roofline", CostQualification.Functional), repetitions)])).Print(console.Console);
        Assert.Matches(cell, console.Text);
    }
}
