using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Results;

/// <summary>
/// <c>results.csv</c>: policy, axes, repetitions, saturation (stable, backlogged, overloaded), qualification (of the step times: functional, calibrated, validated), counts (totals over the repetitions), then each metric's
/// mean over the repetitions with <c>_ci_low</c> and <c>_ci_high</c>: by repetitions, or with one of them by batches, empty where there are too few. Nothing in it depends on the machine, the build or the number of jobs.
/// </summary>
public static class ResultsCsv
{
    public static string Text(ResultTable table)
    {
        var text = new StringBuilder();
        IEnumerable<string> metrics = table.Metrics.SelectMany(metric => new[] { metric, $"{metric}_ci_low", $"{metric}_ci_high" });
        text.Append(CsvText.Line(["policy", .. table.Axes, "repetitions", "saturation", CostStamp.Key, .. table.Counts, .. metrics]));
        foreach (ResultRow row in table.Rows)
        {
            var fields = new List<string> { row.Policy };
            fields.AddRange(row.AxisValues);
            fields.Add(CsvText.Number(row.Repetitions));
            fields.Add(row.Saturation?.ToString().ToLowerInvariant() ?? "");
            fields.Add(row.Stamp.Word);
            foreach (string count in table.Counts)
            {
                fields.Add(row.Counts.TryGetValue(count, out long value) ? CsvText.Number(value) : "");
            }
            foreach (string metric in table.Metrics)
            {
                Interval? estimate = row.Estimate(metric);
                fields.AddRange([CsvText.Number(estimate?.Mean), CsvText.Number(estimate?.Low), CsvText.Number(estimate?.High)]);
            }
            text.Append(CsvText.Line(fields));
        }
        return text.ToString();
    }
}
