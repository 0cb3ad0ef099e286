using System.Text;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Results;

/// <summary>A row against its baseline in one metric.</summary>
/// <param name="AdjustedP">By Holm's correction over all comparisons of the metric; null with one repetition.</param>
public sealed record RowComparison(ResultRow Row, string Metric, PairedComparison Paired, double? AdjustedP)
{
    /// <summary>A difference that is unlikely to be chance even if all comparisons of the metric are looked at together.</summary>
    public bool StaysSignificant => AdjustedP <= 1 - MeanInterval.DefaultLevel;
}

/// <summary>Every row against its baseline, in every metric: paired by repetition, corrected over the whole sweep, metric by metric.</summary>
public sealed class Comparisons
{
    private readonly Dictionary<(ResultRow Row, string Metric), RowComparison> found = [];

    public Comparisons(ResultTable table)
    {
        var all = new List<RowComparison>();
        foreach (string metric in table.Metrics)
        {
            RowComparison[] raw = [.. table.Rows.Select(row => Raw(table, row, metric)).OfType<RowComparison>()];
            double[] adjusted = HolmCorrection.Adjust([.. raw.Select(one => one.Paired.P).OfType<double>()]);
            int next = 0;
            foreach (RowComparison one in raw)
            {
                RowComparison corrected = one.Paired.P is null ? one : one with { AdjustedP = adjusted[next++] };
                found.Add((one.Row, metric), corrected);
                all.Add(corrected);
            }
        }
        All = all;
    }

    /// <summary>Metric by metric, in the order of the rows.</summary>
    public IReadOnlyList<RowComparison> All { get; }

    /// <summary>Null for the baseline itself, and where nothing can be compared.</summary>
    public RowComparison? Of(ResultRow row, string metric) => found.GetValueOrDefault((row, metric));

    /// <summary>
    /// <c>comparisons.csv</c>: metric, policy, axes, baseline, the number of pairs, difference and its 95 % interval, the same as a share of the
    /// baseline's mean, p, and p corrected by Holm's rule over the metric's rows.
    /// </summary>
    public static string Csv(ResultTable table)
    {
        var text = new StringBuilder();
        text.Append(CsvText.Line([
            "metric", table.Subject, .. table.Axes, "baseline", "pairs", "difference", "difference_ci_low", "difference_ci_high",
            "relative", "relative_ci_low", "relative_ci_high", "p", "p_holm"]));
        foreach (RowComparison one in new Comparisons(table).All)
        {
            (Interval difference, Interval? relative) = (one.Paired.Difference, one.Paired.Relative);
            text.Append(CsvText.Line([
                one.Metric, one.Row.Policy, .. one.Row.AxisValues, table.Baseline, CsvText.Number(difference.N),
                CsvText.Number(difference.Mean), CsvText.Number(difference.Low), CsvText.Number(difference.High),
                CsvText.Number(relative?.Mean), CsvText.Number(relative?.Low), CsvText.Number(relative?.High),
                CsvText.Number(one.Paired.P), CsvText.Number(one.AdjustedP)]));
        }
        return text.ToString();
    }

    private static RowComparison? Raw(ResultTable table, ResultRow row, string metric)
    {
        return table.BaselineOf(row) is { } baseline && !ReferenceEquals(row, baseline) && row.Against(baseline, metric) is { } paired ? new RowComparison(row, metric, paired, null) : null;
    }
}
