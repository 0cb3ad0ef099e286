using Cortex.Experiments.Cells;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Report;

/// <summary>Over how many of how many calls and workflows the times in a table are: those that were refused, or did not end, have none.</summary>
internal sealed class SampleCounts(IReadOnlyList<ResultRow> rows)
{
    private static readonly (string Name, string Family, string Of)[] All =
    [
        ("TTFT", MetricNames.Ttft, CountNames.Calls),
        ("TPOT", MetricNames.Tpot, CountNames.Calls),
        ("workflow time", MetricNames.Workflow, CountNames.Workflows),
    ];

    /// <summary>A column for each kind that does not have all of them in some row. None for TPOT, which nobody expects of calls of one token.</summary>
    public IEnumerable<TableColumn> Columns() =>
        from one in Counted()
        where one.Family != MetricNames.Tpot && rows.Any(row => Samples(row, one.Family) < row.Counts[one.Of])
        select new TableColumn($"{one.Name}\nover", [.. rows.Select(row => Text(Samples(row, one.Family), row.Counts[one.Of]))]);

    /// <summary>All rows together; null if nothing was counted.</summary>
    public string? Sentence()
    {
        string[] parts = [.. Counted().Select(one => $"{one.Name} {Text(rows.Sum(row => Samples(row, one.Family)), rows.Sum(row => row.Counts[one.Of]))} {one.Of}")];
        return parts.Length == 0 ? null : $"percentiles are over, all rows together: {string.Join(", ", parts)}.";
    }

    /// <summary>What a runner does not count is not told.</summary>
    private IEnumerable<(string Name, string Family, string Of)> Counted() =>
        All.Where(one => rows.All(row => row.Counts.ContainsKey(one.Of) && row.Counts.ContainsKey(CountNames.Samples(one.Family))));

    private static long Samples(ResultRow row, string family) => row.Counts[CountNames.Samples(family)];

    private static string Text(long samples, long all) => $"{ValueText.Count(samples)} of {ValueText.Count(all)}";
}
