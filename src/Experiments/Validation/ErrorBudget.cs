using Cortex.Experiments.Results;
using Cortex.Serving;

namespace Cortex.Experiments.Validation;

/// <summary>Where the simulation of one policy set at one load goes wrong, and by how much.</summary>
/// <param name="Live">The live row.</param>
/// <param name="Simulated">The simulated row.</param>
/// <param name="Steps">Its live steps against the cost model.</param>
internal sealed record ErrorBudget(ResultRow Live, ResultRow Simulated, StepAudit Steps)
{
    private const string Throughput = "output_tokens_per_s";

    /// <summary>Capacity: output tokens a second, simulated over live, less 1; null if nothing was measured.</summary>
    public double? Capacity => Live.Estimate(Throughput) is { Mean: > 0 } live && Simulated.Estimate(Throughput) is { } simulated ? (simulated.Mean / live.Mean) - 1 : null;

    /// <summary>Step time: the cost model's sum over the measured, less 1.</summary>
    public double StepTime => Steps.Measured > 0 ? (Steps.Predicted / Steps.Measured) - 1 : 0;

    /// <summary>Distance of a single step, as a share of the measured time.</summary>
    public double StepDistance => Steps.Measured > 0 ? Steps.Distance / Steps.Measured : 0;

    /// <summary>Share of the engines' time, from first step to last, in which they ran a step: how near to their capacity the load came.</summary>
    public double Busy => Steps.Available > 0 ? Steps.Measured / Steps.Available : 0;

    /// <summary>Time beside the steps that the simulation does not have, as a share of the steps' time.</summary>
    public double Beside => Steps.Measured > 0 ? Steps.Beside / Steps.Measured : 0;

    /// <summary>Simulated − live of each part of a workflow's time, as shares of the live workflow time; they add up to the error of the mean workflow time.</summary>
    public IEnumerable<(string Part, double Share)> Parts
    {
        get
        {
            double whole = WorkflowBlame.Parts.Sum(part => Mean(Live, part));
            return WorkflowBlame.Parts.Select(part => (part, whole > 0 ? (Mean(Simulated, part) - Mean(Live, part)) / whole : 0));
        }
    }

    private static double Mean(ResultRow row, string part) => row.Estimate($"blame_{part}_mean_s")?.Mean ?? 0;
}
