using System.Globalization;
using Cortex.CostModels;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Config.Expressions;
using Cortex.Experiments.Simulating;
using Cortex.Experiments.Statistics;
using Cortex.Policies;

namespace Cortex.Experiments.Results;

/// <summary>
/// What conditions over results may name: every column of <c>results.csv</c>; percentiles and means in short, such as <c>p99.ttft</c> or
/// <c>mean.e2e</c>; <c>goodput</c>, <c>throughput</c>; the axes; <c>policy</c>, <c>saturation</c> and <c>qualification</c>.
/// </summary>
internal static class RowNames
{
    private const string Known = "the columns of results.csv, p99.ttft and the like (mean, p50, p90, p99, p99.9 of ttft, tpot, itl, e2e, queue, workflow), goodput, throughput, axes, policy, saturation, qualification";

    private static readonly string[] Families = [MetricNames.Ttft, MetricNames.Tpot, MetricNames.Itl, "e2e", "queue", MetricNames.Workflow];
    private static readonly string[] Parts = ["mean", "p50", "p90", "p99", "p99.9"];

    private static readonly IReadOnlyDictionary<string, string> Short = new SortedDictionary<string, string>(
        new Dictionary<string, string>(Families.SelectMany(family => Parts.SelectMany(part => new[]
        {
            KeyValuePair.Create($"{part}.{family}", $"{family}_{part}_s"), KeyValuePair.Create($"{family}.{part}", $"{family}_{part}_s"),
        })))
        {
            ["goodput"] = MetricNames.Goodput,
            ["throughput"] = MetricNames.CallsPerSecond,
        },
        StringComparer.Ordinal);

    /// <exception cref="InputException">A name that no row will have.</exception>
    public static void Check(Experiment experiment)
    {
        foreach (Condition condition in experiment.Assertions)
        {
            if (condition.Names.FirstOrDefault(name => !IsKnown(experiment, name)) is { } unknown)
            {
                string[] all = [.. Short.Keys, .. CellColumns.Metrics, .. CellColumns.Counts, .. experiment.Axes.Select(AxisNames.Short), "policy", "saturation", CostStamp.Key];
                throw new InputException(condition.Mark, $"assert: unknown name '{unknown}'; the nearest is '{NearestName.Of(unknown, all)}'; known: {Known}");
            }
            if (condition.Names.FirstOrDefault(name => IsItl(name)) is { } gaps && experiment.Points.Any(point => !point.Settings.Statistics.Itl))
            {
                throw new InputException(condition.Mark, $"assert: {gaps} is not measured; allowed: with statistics.itl=true");
            }
        }
    }

    /// <summary>A warning for each percentile in an assertion that too few calls can stand behind.</summary>
    /// <param name="calls">Of the trace; null: not known.</param>
    public static IEnumerable<string> TooFewFor(Experiment experiment, long? calls) =>
        from condition in experiment.Assertions
        from name in condition.Names
        let tail = MetricNames.AsPercentile(Short.GetValueOrDefault(name, name))
        where tail is not null && calls is not null && TailSamples.TooFew(tail.Value.Percentile, calls.Value)
        select $"warning: assert {condition.Text}: {name} is of {calls} calls at most; to be trusted it takes {TailSamples.Needed(double.Parse(tail.Value.Percentile, CultureInfo.InvariantCulture))}";

    /// <summary>Null: nothing was measured there.</summary>
    public static ExpressionValue? Value(IReadOnlyList<string> axes, ResultRow row, string name)
    {
        if (name == "policy")
        {
            return new ExpressionValue(null, row.Policy);
        }
        if (name == "saturation")
        {
            return row.Saturation is { } state ? new ExpressionValue(null, state.ToString().ToLowerInvariant()) : null;
        }
        if (name == CostStamp.Key)
        {
            return new ExpressionValue(null, row.Stamp.Word);
        }
        if (AxisNames.Find(axes, name) is { } axis)
        {
            return ExpressionValue.Of(row.AxisValues[axis]);
        }
        string column = Short.GetValueOrDefault(name, name);
        if (CellColumns.Metrics.Contains(column))
        {
            return row.Estimate(column) is { } estimate ? ExpressionValue.Of(estimate.Mean) : null;
        }
        if (CellColumns.Counts.Contains(column))
        {
            return row.Counts.TryGetValue(column, out long count) ? ExpressionValue.Of((double)count) : null;
        }
        return new ExpressionValue(null, name);
    }

    private static bool IsItl(string name) => Short.GetValueOrDefault(name, name).StartsWith($"{MetricNames.Itl}_", StringComparison.Ordinal);

    private static bool IsKnown(Experiment experiment, string name) =>
        name is "policy" or "saturation" or CostStamp.Key
        || AxisNames.Find(experiment.Axes, name) is not null
        || Short.ContainsKey(name)
        || CellColumns.Metrics.Contains(name)
        || CellColumns.Counts.Contains(name)
        || experiment.PolicySets.Contains(name)
        || Enum.GetNames<SaturationState>().Concat(Enum.GetNames<CostQualification>()).Contains(name, StringComparer.OrdinalIgnoreCase)
        || experiment.Points.Any(point => point.Values.Contains(name));
}
