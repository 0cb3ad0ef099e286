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
}
