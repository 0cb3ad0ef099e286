using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>
/// The step times of AISimulate 0.13, fixed or polynomial: shapes to compare simulators with, calibrated to no GPU. A prefill time for the
/// rows that compute prompt tokens and a decode time for those that get a token and had one before; each is rounded to a whole nanosecond,
/// and a step takes their sum. The token that ends a prefill costs no decode time, and what is recomputed of an output no prefill time.
/// </summary>
public sealed class ClosedFormAisimulateCost : IStepCost
{
    private const double NsPerMs = 1e6;

    /// <summary>Null for the polynomials.</summary>
    private readonly (double Prefill, double Decode)? fixedMs;

    private readonly double kvTokens;

    private ClosedFormAisimulateCost((double Prefill, double Decode)? fixedMs, long kvTokens)
    {
        this.fixedMs = fixedMs;
        this.kvTokens = kvTokens;
    }

    /// <summary>The same times whatever the size of the step.</summary>
    /// <param name="prefill">Seconds if there are prompt tokens, more than 0.</param>
    /// <param name="decode">Seconds if there are decodes, more than 0; both together take the sum.</param>
    /// <exception cref="CostModelException">A time is not more than 0.</exception>
    public static ClosedFormAisimulateCost Fixed(double prefill = 0.010, double decode = 0.005) => prefill > 0 && decode > 0
        ? new((prefill * 1e3, decode * 1e3), 1)
        : throw new CostModelException($"a fixed step must take more than 0 s, not prefill {prefill}, decode {decode}");

    /// <summary>A square in the prompt tokens, and one in the share of the KV memory that the decoding rows have filled.</summary>
    /// <param name="kvTokens">Tokens for which the engine's KV blocks have room, at least 1.</param>
    /// <exception cref="CostModelException">There is no room.</exception>
    public static ClosedFormAisimulateCost Polynomial(long kvTokens) => kvTokens > 0
        ? new(null, kvTokens)
        : throw new CostModelException($"there must be room for at least 1 token of KV, not {kvTokens}");

    /// <inheritdoc/>
    public StepRounding Rounding => StepRounding.EachStep;

    /// <inheritdoc/>
    public double Seconds(scoped in StepShape shape, out int alike)
    {
        long rows = 0, before = 0, after = 0;
        long decodes = shape.DecodeSequences, context = shape.DecodeContext;
        foreach (PrefillChunk chunk in shape.Prefills)
        {
            int prompt = chunk.Tokens - chunk.Recomputed;
            if (prompt > 0)
            {
                rows++;
                before += chunk.Before;
                after += chunk.Before + prompt;
            }
            if (chunk.Resumes)
            {
                decodes++;
                context += chunk.Before + chunk.Tokens;
            }
        }
        double decode = decodes == 0 ? 0 : fixedMs?.Decode ?? Decode(context);
        alike = shape.Prefills.IsEmpty && (fixedMs is not null || context >= kvTokens) ? int.MaxValue : 1;
        double prefill = rows == 0 ? 0 : fixedMs?.Prefill ?? Prefill(rows * ((after / rows) - (before / rows)));
        return (Math.Round(prefill * NsPerMs) + Math.Round(decode * NsPerMs)) / 1e9;
    }

    private static double Prefill(long tokens) => (4.209989e-7 * tokens * tokens) + (0.01518344 * tokens) + 16.50142;

    private double Decode(long context)
    {
        double used = Math.Min(1, context / kvTokens);
        return Math.Max(1, (-25.74 * used * used) + (54.01 * used) + 5.74);
    }
}
