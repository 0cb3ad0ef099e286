using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>Every figure of an experiment, in the order in which a reader asks for them.</summary>
public static class ExperimentCharts
{
    public static IReadOnlyList<FigureSection> Of(ChartData data) => 
    [
        // A single point is better read in the table.
        .. data.HasX ? LoadCharts.Of(data) : (IEnumerable<FigureSection>)[],
        .. TailCharts.Of(data),
        .. data.HasX ? ParetoCharts.Of(data) : (IEnumerable<FigureSection>)[],
        .. BlameCharts.Of(data),
        .. WorkflowCharts.Of(data),
        .. KvCharts.Of(data),
    ];

    /// <summary>Those of a search for capacities: what was found, and what the loads on the way to it say.</summary>
    /// <param name="data">The loads that were tried.</param>
    /// <param name="capacities">What was found.</param>
    public static IReadOnlyList<FigureSection> Of(ChartData data, ResultTable capacities) =>
        [.. CapacityCharts.Of(data, capacities), .. data.HasX ? LoadCharts.Of(data) : (IEnumerable<FigureSection>)[], .. data.HasX ? ParetoCharts.Of(data) : (IEnumerable<FigureSection>)[]];
}
