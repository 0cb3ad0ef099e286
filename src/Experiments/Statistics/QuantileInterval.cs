using MathNet.Numerics.Distributions;

namespace Cortex.Experiments.Statistics;

/// <summary>Intervals of quantiles by order statistics, without any assumption on the distribution. Exact for independent values.</summary>
public static class QuantileInterval
{
    /// <summary>
    /// Ranks, from 1, of the order statistics that bound the q-quantile of n independent values: low is the largest r with
    /// P(Bin(n, q) ≤ r − 1) ≤ (1 − level)/2, high the smallest s with P(Bin(n, q) ≥ s) ≤ (1 − level)/2.
    /// </summary>
    /// <returns>Null where the sample is too small for that bound.</returns>
    public static (int? Low, int? High) Ranks(int n, double q, double level = MeanInterval.DefaultLevel)
    {
        double tail = (1 - level) / 2;
        // Below(r) = P(Bin ≤ r − 1) grows with r.
        int low = Last(n, rank => Binomial.CDF(q, n, rank - 1) <= tail);
        int high = n + 1 - Last(n, rank => Binomial.CDF(1 - q, n, rank - 1) <= tail);
        return (low > 0 ? low : null, high <= n ? high : null);
    }

    /// <summary>The largest rank from 1 to n for which a condition holds that holds up to some rank; 0 if for none.</summary>
    private static int Last(int n, Func<int, bool> holds)
    {
        int yes = 0;
        int no = n + 1;
        while (no - yes > 1)
        {
            int middle = yes + (no - yes) / 2;
            if (holds(middle))
            {
                yes = middle;
            }
            else
            {
                no = middle;
            }
        }
        return yes;
    }
}
