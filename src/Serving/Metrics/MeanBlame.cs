using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>The blame of several workflows, averaged: seconds of each part (see <see cref="WorkflowBlame"/>), which add up to the mean time.</summary>
public sealed record MeanBlame(double Queue, double Prefill, double Decode, double Preemption, double Tool, double Think)
{
    /// <summary>In the order of <see cref="WorkflowBlame.Parts"/>.</summary>
    public IReadOnlyList<double> Seconds => [Queue, Prefill, Decode, Preemption, Tool, Think];

    /// <summary>Null for no workflow.</summary>
    public static MeanBlame? Of(IEnumerable<WorkflowBlame> workflows)
    {
        Int128[] sums = new Int128[WorkflowBlame.Parts.Length];
        long count = 0;
        foreach (WorkflowBlame workflow in workflows)
        {
            count++;
            Duration[] parts = workflow.ToArray();
            for (int part = 0; part < sums.Length; part++)
            {
                sums[part] += parts[part].Ns;
            }
        }
        return count == 0 ? null : new(Mean(0), Mean(1), Mean(2), Mean(3), Mean(4), Mean(5));

        double Mean(int part) => (double)sums[part] / count / 1e9;
    }
}
