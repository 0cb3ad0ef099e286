using System.Globalization;
using Cortex.Experiments.Cells;

namespace Cortex.Experiments.Report;

/// <summary>Which cell of a sweep has had the most goodput so far: for who watches.</summary>
internal sealed class BestSoFar
{
    private double most = double.NegativeInfinity;

    /// <summary>Looks at a cell that has ended.</summary>
    /// <returns>Its goodput, if no cell before had as much; else null.</returns>
    public string? Look(CellOutcome outcome)
    {
        if (outcome.Result?.Metrics.GetValueOrDefault(MetricNames.Goodput) is not { } goodput || goodput <= most)
        {
            return null;
        }
        most = goodput;
        return string.Create(CultureInfo.InvariantCulture, $"{goodput:0.##} calls/s within the SLO");
    }
}
