using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Validation;

/// <summary>What a policy set gains over another in mean workflow time at one load, live and as the simulator predicted it: shares of the other's time, below 0 is faster.</summary>
/// <param name="AxisValues">The load.</param>
/// <param name="Set">The policy set.</param>
/// <param name="Over">The other.</param>
/// <param name="Live">With its interval over the repetitions; null if nothing was measured.</param>
/// <param name="Simulated">The same of the simulation.</param>
internal sealed record PolicyGain(IReadOnlyList<string> AxisValues, string Set, string Over, Interval? Live, Interval? Simulated)
{
    private const string Metric = "workflow_mean_s";

    /// <summary>The live difference is one beyond chance.</summary>
    public bool IsSignificant => Live is { Low: not null } live && !live.IncludesZero;

    /// <summary>Live and simulated differ in the same direction.</summary>
    public bool AgreesInSign => Live is { } live && Simulated is { } simulated && Math.Sign(live.Mean) == Math.Sign(simulated.Mean);

    /// <summary>Every pair of policy sets at every load.</summary>
    public static IReadOnlyList<PolicyGain> All(ValidationPlan plan, ResultTable table) =>
    [
        .. from point in plan.Original.Points
           from pair in Pairs(plan.Original.PolicySets, plan.Original.Baseline)
           select new PolicyGain(
               point.Values, pair.Set, pair.Over,
               Gain(table, point.Values, ValidationPlan.LiveOf(pair.Set), ValidationPlan.LiveOf(pair.Over)),
               Gain(table, point.Values, ValidationPlan.SimulatedOf(pair.Set), ValidationPlan.SimulatedOf(pair.Over))),
    ];

    /// <summary>Kendall's τ over the pairs whose live difference is significant: those ordered alike less those ordered otherwise, over all; null if there is none.</summary>
    public static double? KendallTau(IReadOnlyList<PolicyGain> gains)
    {
        PolicyGain[] significant = [.. gains.Where(gain => gain.IsSignificant)];
        return significant.Length == 0 ? null : significant.Sum(gain => gain.AgreesInSign ? 1 : -1) / (double)significant.Length;
    }

    /// <summary>Row of a policy set at a point.</summary>
    public static ResultRow Row(ResultTable table, IReadOnlyList<string> axisValues, string set) =>
        table.Rows.First(row => row.Policy == set && row.AxisValues.SequenceEqual(axisValues));

    private static Interval? Gain(ResultTable table, IReadOnlyList<string> point, string set, string over) =>
        Row(table, point, set).Against(Row(table, point, over), Metric)?.Relative;

    private static IEnumerable<(string Set, string Over)> Pairs(IReadOnlyList<string> sets, string baseline)
    {
        string[] ordered = [baseline, .. sets.Where(set => set != baseline)];
        for (int over = 0; over < ordered.Length; over++)
        {
            for (int set = over + 1; set < ordered.Length; set++)
            {
                yield return (ordered[set], ordered[over]);
            }
        }
    }
}
