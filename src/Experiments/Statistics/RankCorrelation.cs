using MathNet.Numerics.Statistics;

namespace Cortex.Experiments.Statistics;

/// <summary>Whether two lists order the same things alike.</summary>
public static class RankCorrelation
{
    /// <summary>
    /// Kendall's τ-b: pairs ordered alike less pairs ordered otherwise, over the geometric mean of the pairs that each list orders at all. 1: the
    /// same order; −1: the reverse.
    /// </summary>
    /// <param name="a">By thing.</param>
    /// <param name="b">By thing, as many.</param>
    /// <returns>Null if one list holds no two different values.</returns>
    public static double? KendallTauB(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        long score = 0;
        long orderedByA = 0;
        long orderedByB = 0;
        for (int i = 1; i < a.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int first = a[i].CompareTo(a[j]);
                int second = b[i].CompareTo(b[j]);
                score += Math.Sign(first) * Math.Sign(second);
                orderedByA += first != 0 ? 1 : 0;
                orderedByB += second != 0 ? 1 : 0;
            }
        }
        return orderedByA == 0 || orderedByB == 0 ? null : score / Math.Sqrt((double)orderedByA * orderedByB);
    }

    /// <summary>Spearman's ρ: the correlation of the ranks, equal values sharing their mean rank. 1: the same order; −1: the reverse.</summary>
    /// <inheritdoc cref="KendallTauB"/>
    public static double? Spearman(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double rho = a.Length > 1 ? Correlation.Spearman(a.ToArray(), b.ToArray()) : double.NaN;
        return double.IsNaN(rho) ? null : rho;
    }
}
