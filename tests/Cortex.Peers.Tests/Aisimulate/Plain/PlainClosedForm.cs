namespace Cortex.Peers.Tests.Aisimulate.Plain;

/// <summary>AISimulate's step times by the closed form of <c>peers/aisimulate/README.md</c>.</summary>
internal static class PlainClosedForm
{
    /// <param name="timing">Which formula.</param>
    /// <param name="prompts">Of each request that computes prompt tokens: prompt tokens done before, and in this step.</param>
    /// <param name="known">Of each request that gets a token and had one before: prompt and tokens so far.</param>
    /// <param name="capacity">Tokens that all blocks hold.</param>
    /// <returns>Nanoseconds.</returns>
    public static long StepNs(AisimulateTiming timing, IReadOnlyList<(int Before, int Chunk)> prompts, IReadOnlyList<int> known, long capacity)
    {
        double prefill = 0, decode = 0;
        if (prompts.Count > 0)
        {
            long n = prompts.Count;
            long sumAfter = prompts.Sum(prompt => (long)prompt.Before + prompt.Chunk), sumBefore = prompts.Sum(prompt => (long)prompt.Before);
            double x = n * (sumAfter / n - sumBefore / n);
            prefill = timing.Type == "fixed" ? timing.PrefillMs : 4.209989e-7 * x * x + 0.01518344 * x + 16.50142;
        }
        if (known.Count > 0)
        {
            double u = Math.Min(1, known.Sum(tokens => (double)tokens) / capacity);
            decode = timing.Type == "fixed" ? timing.DecodeMs : Math.Max(1, -25.74 * u * u + 54.01 * u + 5.74);
        }
        return AisimulateInput.Ns(prefill) + AisimulateInput.Ns(decode);
    }
}
