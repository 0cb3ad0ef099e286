using Cortex.CostModels;

namespace Cortex.Experiments.Calibration;

/// <summary>Fits step times to measurements: least squares of relative errors, no term below 0.</summary>
internal static class StepFit
{
    // What stands behind the times of numbers of tokens.
    private const int OtherTerms = 4;

    /// <param name="tokens">Numbers of tokens between which lines are drawn.</param>
    public static FittedCostFile Of(IReadOnlyList<int> tokens, IReadOnlyList<StepMeasurement> measured, string source)
    {
        StepMeasurement[] fitted = [.. measured.Where(one => !one.Point.IsHeldOut)];
        double[][] rows = [.. fitted.Select(one => Row(tokens, one))];
        double[] x = NonNegativeLeastSquares.Solve(rows, [.. fitted.Select(_ => 1.0)]);
        FittedCostFile file = new()
        {
            Format = FittedCostFile.FormatName,
            Source = source,
            Tokens = tokens,
            Seconds = x[..tokens.Count],
            Terms = new(x[^4], x[^3], x[^2], x[^1]),
            HeldOutErrors = [],
        };
        double[] errors = Errors(file.Cost(), measured.Where(one => one.Point.IsHeldOut));
        return file with { HeldOutErrors = Summary(errors) };
    }

    /// <summary>Median, 90th percentile and largest; none of none.</summary>
    public static double[] Summary(double[] sorted) =>
        sorted.Length == 0 ? [] : [StepMeasurement.Quantile(sorted, 0.5), StepMeasurement.Quantile(sorted, 0.9), sorted[^1]];

    /// <summary>Relative errors, in ascending order.</summary>
    public static double[] Errors(IStepCost cost, IEnumerable<StepMeasurement> measured)
    {
        double[] errors = [.. measured.Select(one => Math.Abs(one.Point.SecondsBy(cost) - one.Seconds) / one.Seconds)];
        Array.Sort(errors);
        return errors;
    }

    /// <summary>What each unknown adds to the step, as a share of its measured time.</summary>
    private static double[] Row(IReadOnlyList<int> tokens, StepMeasurement one)
    {
        double[] row = new double[tokens.Count + OtherTerms];
        StepPoint point = one.Point;
        int right = 1;
        while (right < tokens.Count - 1 && tokens[right] < point.Tokens)
        {
            right++;
        }
        double share = (double)(point.Tokens - tokens[right - 1]) / (tokens[right] - tokens[right - 1]);
        row[right - 1] = 1 - share;
        row[right] = share;
        row[^4] = point.Decodes;
        row[^3] = (double)point.Decodes * point.Context;
        row[^2] = point.Chunk > 0 ? 1 : 0;
        row[^1] = point.Pairs;
        return [.. row.Select(value => value / one.Seconds)];
    }
}
