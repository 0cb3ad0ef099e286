namespace Cortex.Runtime.Models;

/// <summary>
/// Inverse frequencies of rotary position embedding in 64 bits, as the papers and configurations of the hub define them. What changes with the length of
/// the text (dynamic, longrope) is not here: cached keys would have to be turned again.
/// </summary>
internal static class RopeScaling
{
    /// <summary>theta^(−2i ÷ d), Su et al. 2021.</summary>
    /// <param name="theta">Base, above 1.</param>
    /// <param name="headDim">Numbers in a head, even.</param>
    public static double[] Default(double theta, int headDim) =>
        [.. Enumerable.Range(0, headDim / 2).Select(i => Math.Pow(theta, -2.0 * i / headDim))];

    /// <summary>Position interpolation: every frequency divided by the factor.</summary>
    public static double[] Linear(double theta, int headDim, double factor) => [.. Default(theta, headDim).Select(inverse => inverse / factor)];

    /// <summary>Llama 3.1: long wavelengths are divided by the factor, short ones stay, those between are blended.</summary>
    public static double[] Llama3(double theta, int headDim, in Llama3Settings settings)
    {
        double[] inverse = Default(theta, headDim);
        double longest = settings.OriginalPositions / settings.LowFrequencyFactor;
        double shortest = settings.OriginalPositions / settings.HighFrequencyFactor;
        for (int i = 0; i < inverse.Length; i++)
        {
            double wavelength = 2 * Math.PI / inverse[i];
            double smooth = (settings.OriginalPositions / wavelength - settings.LowFrequencyFactor)
                / (settings.HighFrequencyFactor - settings.LowFrequencyFactor);
            inverse[i] =
                wavelength > longest ? inverse[i] / settings.Factor
                : wavelength < shortest ? inverse[i]
                : (1 - smooth) * inverse[i] / settings.Factor + smooth * inverse[i];
        }
        return inverse;
    }

    /// <summary>YaRN (Peng et al. 2023): pairs that turn often within the original positions stay, those that turn seldom are interpolated, a ramp between.</summary>
    public static double[] Yarn(double theta, int headDim, in YarnSettings settings)
    {
        double low = PairThatTurns(settings.BetaFast, theta, headDim, settings.OriginalPositions);
        double high = PairThatTurns(settings.BetaSlow, theta, headDim, settings.OriginalPositions);
        if (settings.Truncate)
        {
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        }
        (low, high) = (Math.Max(low, 0), Math.Min(high, headDim - 1));
        double width = high == low ? 0.001 : high - low;
        double[] inverse = Default(theta, headDim);
        for (int i = 0; i < inverse.Length; i++)
        {
            double interpolated = Math.Clamp((i - low) / width, 0, 1);
            inverse[i] = inverse[i] / settings.Factor * interpolated + inverse[i] * (1 - interpolated);
        }
        return inverse;
    }

    /// <summary>What YaRN multiplies cosine and sine by for a factor: 0.1 × mscale × ln(factor) + 1.</summary>
    public static double YarnMagnitude(double factor, double mscale = 1) => factor <= 1 ? 1 : 0.1 * mscale * Math.Log(factor) + 1;

    /// <summary>The pair, as a real number, that makes so many turns over the original positions.</summary>
    private static double PairThatTurns(double turns, double theta, int headDim, double positions) =>
        headDim * Math.Log(positions / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
}

/// <summary>Settings of <see cref="RopeScaling.Llama3"/>.</summary>
internal readonly record struct Llama3Settings(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, double OriginalPositions);

/// <summary>Settings of <see cref="RopeScaling.Yarn"/>.</summary>
/// <param name="Truncate">The ends of the ramp are whole pairs.</param>
internal readonly record struct YarnSettings(double Factor, double OriginalPositions, double BetaFast = 32, double BetaSlow = 1, bool Truncate = true);
