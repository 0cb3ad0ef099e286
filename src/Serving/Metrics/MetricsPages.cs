namespace Cortex.Serving;

/// <summary>
/// The room in which a run is measured, for one run after another: most of what a short run would allocate. Good for one run at a time, and for
/// nothing but room: no number depends on who used it before.
/// </summary>
public sealed class MetricsPages
{
    private TokenGaps? gaps;

    internal PagePool<MeasuredCall> Calls { get; } = new();
    internal PagePool<WorkflowProgress> Workflows { get; } = new();
    internal TokenGaps Gaps => gaps ??= new();
    internal PagePool<NodeTimes> Nodes { get; } = new();
    internal PagePool<BlamedWorkflow> Blamed { get; } = new();
}
