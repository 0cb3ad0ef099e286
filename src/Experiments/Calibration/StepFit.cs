using Cortex.CostModels;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Calibration;

/// <summary>Fits step times to measurements: least squares of relative errors, no term below 0.</summary>
internal static class StepFit
{
    // What stands behind the times of numbers of tokens, in the order of StepTerms.
    private const int OtherTerms = 6;

    /// <param name="tokens">Numbers of tokens between which lines are drawn.</param>
    public static FittedCostFile Of(IReadOnlyList<int> tokens, IReadOnlyList<StepMeasurement> measured, string source)
    {
        FittedCostFile file = new()
        {
            Format = FittedCostFile.FormatName,
            Source = source,
            Tokens = tokens,
            Alone = Times(tokens, [.. measured.Where(one => !one.Point.IsHeldOut && !one.Point.BesideDecodes)]),
            BesideDecodes = measured.Any(one => one.Point.BesideDecodes) ? Times(tokens, [.. measured.Where(one => !one.Point.IsHeldOut && one.Point.BesideDecodes)]) : null,
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

    private static StepTimes Times(IReadOnlyList<int> tokens, StepMeasurement[] fitted)
    {
        double[,] shares = new double[fitted.Length, tokens.Count + OtherTerms];
        foreach ((int row, StepMeasurement one) in fitted.Index())
        {
            Fill(shares, row, tokens, one);
        }
        double[] x = [.. NonNegativeLeastSquares.Solve(shares, [.. fitted.Select(_ => 1.0)]).X];
        return new(x[..tokens.Count], new(x[^6], x[^5], x[^4], x[^3], x[^2], x[^1]));
    }

    /// <summary>What each unknown adds to the step, as a share of its measured time.</summary>
    private static void Fill(double[,] shares, int row, IReadOnlyList<int> tokens, StepMeasurement one)
    {
        StepPoint point = one.Point;
        int right = 1;
        while (right < tokens.Count - 1 && tokens[right] < point.Tokens)
        {
            right++;
        }
        double share = (double)(point.Tokens - tokens[right - 1]) / (tokens[right] - tokens[right - 1]);
        shares[row, right - 1] = (1 - share) / one.Seconds;
        shares[row, right] = share / one.Seconds;
        double[] others = [point.Decodes, point.DecodeContext - point.SharedTokens, point.DecodeContext, point.Chunk > 0 ? 1 : 0, point.Before, point.Pairs];
        foreach ((int term, double value) in others.Index())
        {
            shares[row, tokens.Count + term] = value / one.Seconds;
        }
    }
}
