namespace Cortex.Experiments.Figures.Charts;

/// <summary>Every figure of an experiment, in the order in which a reader asks for them.</summary>
public static class ExperimentCharts
{
    public static IReadOnlyList<FigureSection> Of(ChartData data) => 
        [.. LoadCharts.Of(data), .. TailCharts.Of(data), .. ParetoCharts.Of(data), .. BlameCharts.Of(data), .. WorkflowCharts.Of(data), .. KvCharts.Of(data)];
}
