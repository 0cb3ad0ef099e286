using System.Globalization;
using Cortex.CostModels;
using Spectre.Console;

namespace Cortex.Experiments.Calibration;

/// <summary>What <c>cortex calibrate</c> prints.</summary>
internal static class CalibrationReport
{
    public static void Print(FittedCostFile file, IReadOnlyList<StepMeasurement> measured, IAnsiConsole console)
    {
        FittedCost cost = file.Cost();
        console.WriteLine($"{"step",-60}{"measured ms",13}{"fitted ms",12}{"error",9}{"spread",9}");
        foreach (StepMeasurement one in measured)
        {
            double fitted = one.Point.SecondsBy(cost);
            console.WriteLine(Text($"{Name(one.Point),-60}{one.Seconds * 1e3,13:F3}{fitted * 1e3,12:F3}{(fitted - one.Seconds) / one.Seconds * 100,8:F1}%{one.Spread * 100,8:F1}%"));
        }
        double[] spreads = [.. measured.Select(one => one.Spread).Order()];
        console.WriteLine(Errors("fitted points", StepFit.Summary(StepFit.Errors(cost, measured.Where(one => !one.Point.IsHeldOut)))));
        console.WriteLine(Errors("points not fitted", file.HeldOutErrors));
        console.WriteLine(Text($"spread of the measurements (between quartiles, of the median): median {StepMeasurement.Quantile(spreads, 0.5):P1}, p90 {StepMeasurement.Quantile(spreads, 0.9):P1}"));
    }

    private static string Errors(string what, IReadOnlyList<double> summary) =>
        summary.Count == 0 ? $"error on {what}: none measured" : Text($"error on {what}: median {summary[0]:P1}, p90 {summary[1]:P1}, largest {summary[2]:P1}");

    private static string Name(StepPoint point)
    {
        string decodes = point.Decodes > 0 ? Text($"{point.Decodes} decodes at {point.Context}{(point.Shared > 0 ? Text($", {point.Shared} in common") : "")}") : "";
        string chunk = point.Chunk > 0 ? Text($"prompt of {point.Chunk} behind {point.Before}") : "";
        return $"{decodes}{(decodes.Length > 0 && chunk.Length > 0 ? ", " : "")}{chunk}{(point.BesideDecodes ? ", others decode" : "")}{(point.IsHeldOut ? " *" : "")}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
