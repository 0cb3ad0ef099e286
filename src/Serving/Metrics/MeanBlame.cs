namespace Cortex.Serving;

/// <summary>The blame of several workflows, averaged: seconds of each part (see <see cref="WorkflowBlame"/>), which add up to the mean time.</summary>
public sealed record MeanBlame(double Queue, double Prefill, double Decode, double Preemption, double Tool, double Think)
{
    /// <summary>In the order of <see cref="WorkflowBlame.Parts"/>.</summary>
    public IReadOnlyList<double> Seconds => [Queue, Prefill, Decode, Preemption, Tool, Think];

    /// <summary>Null for no workflow.</summary>
    public static MeanBlame? Of(IEnumerable<WorkflowBlame> workflows)
    {
        BlameSum sum = default;
        foreach (WorkflowBlame workflow in workflows)
        {
            sum.Add(workflow);
        }
        return sum.Mean;
    }
}
