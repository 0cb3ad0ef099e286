using Cortex.Policies.Random;

namespace Cortex.Experiments.Calibration;

/// <summary>
/// Measured steps: every point once a round, in an order that is drawn anew for each round, so that what a machine does at times falls on all points alike.
/// The first round is a warm-up and not counted.
/// </summary>
/// <param name="Point">What was measured.</param>
/// <param name="Seconds">Median over the rounds.</param>
/// <param name="Spread">Distance between the quartiles, as a share of the median.</param>
internal sealed record StepMeasurement(StepPoint Point, double Seconds, double Spread)
{
    /// <param name="measure">Seconds of one step.</param>
    /// <param name="rounds">Counted, at least 1.</param>
    /// <param name="seed">Of the order.</param>
    /// <param name="progress">Told after each round how many are done of how many.</param>
    public static IReadOnlyList<StepMeasurement> All(
        IReadOnlyList<StepPoint> points, Func<StepPoint, double> measure, int rounds, ulong seed, Action<int, int> progress, CancellationToken cancellation)
    {
        RandomStream draw = new(seed, "order of measurements");
        double[][] times = [.. points.Select(_ => new double[rounds])];
        int[] order = [.. Enumerable.Range(0, points.Count)];
        for (int round = -1; round < rounds; round++)
        {
            Shuffle(order, draw);
            foreach (int i in order)
            {
                cancellation.ThrowIfCancellationRequested();
                double seconds = measure(points[i]);
                if (round >= 0)
                {
                    times[i][round] = seconds;
                }
            }
            progress(round + 2, rounds + 1);
        }
        return [.. points.Select((point, i) => Of(point, times[i]))];
    }

    private static StepMeasurement Of(StepPoint point, double[] times)
    {
        Array.Sort(times);
        double median = Quantile(times, 0.5);
        return new(point, median, (Quantile(times, 0.75) - Quantile(times, 0.25)) / median);
    }

    /// <summary>Of sorted values, linear between neighbours.</summary>
    public static double Quantile(double[] sorted, double q)
    {
        double at = q * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static void Shuffle(int[] order, RandomStream draw)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = draw.NextInt(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
