using System.Globalization;
using Cortex.Experiments.Cells;

namespace Cortex.Experiments.Report;

/// <summary>How fast cells were computed: for people, never part of a result.</summary>
internal static class SpeedText
{
    /// <summary>Of all that were computed together; null if none was.</summary>
    public static string? Of(IReadOnlyCollection<CellOutcome> outcomes)
    {
        CellOutcome[] computed = [.. outcomes.Where(outcome => outcome is { Took: not null, Result: not null })];
        double simulated = computed.Sum(outcome => outcome.Result!.Metrics.GetValueOrDefault(MetricNames.Makespan) ?? 0);
        double took = computed.Sum(outcome => outcome.Took!.Value.TotalSeconds);
        return simulated > 0 && took > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{simulated:N0} s simulated in {took:0.##} s, {simulated / took:N0} a second")
            : null;
    }
}
