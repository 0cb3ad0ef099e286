namespace Cortex.Runtime.Oracle;

/// <summary>A token chosen by its logit.</summary>
/// <param name="Id">The likeliest, the smallest id among equals.</param>
/// <param name="Margin">Its logit less the next one's, at least 0. A float engine may choose otherwise where this is small.</param>
public readonly record struct OracleToken(int Id, double Margin)
{
    /// <param name="logits">At least two.</param>
    public static OracleToken Likeliest(ReadOnlySpan<double> logits)
    {
        int best = 0;
        double next = double.NegativeInfinity;
        for (int id = 1; id < logits.Length; id++)
        {
            if (logits[id] > logits[best])
            {
                next = logits[best];
                best = id;
            }
            else
            {
                next = Math.Max(next, logits[id]);
            }
        }
        return new(best, logits[best] - next);
    }
}
