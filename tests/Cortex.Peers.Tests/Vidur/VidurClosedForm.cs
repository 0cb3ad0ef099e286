namespace Cortex.Peers.Tests.Vidur;

/// <summary>Duration of an iteration by the closed form of <c>peers/vidur/README.md</c>: Llama-3-8B on an A100, in doubles as Vidur has it.</summary>
internal static class VidurClosedForm
{
    private const double BytesPerSecond = 0.8 * 2.0e12;
    private const double GemmFlops = 0.6 * 312e12;
    private const double AttentionFlops = 0.25 * 312e12;
    private const double ParametersPerLayer = 218_103_808;

    /// <param name="decodes">Tokens processed so far of each decoding request.</param>
    /// <param name="prefills">Tokens processed so far and tokens in this iteration of each prefill.</param>
    /// <returns>Seconds.</returns>
    public static double Seconds(int layers, IReadOnlyList<int> decodes, IReadOnlyList<(int Processed, int Chunk)> prefills)
    {
        int tokens = decodes.Count + prefills.Sum(prefill => prefill.Chunk);
        double milliseconds = Linear(RoundUp(tokens, 8)) + KvSave(tokens);
        if (decodes.Count > 0)
        {
            milliseconds += Decode(decodes);
        }
        if (prefills.Count > 0)
        {
            milliseconds += Prefill(prefills);
        }
        return layers * milliseconds / 1000;
    }

    private static double Linear(int tokens) =>
        0.030 + 1e3 * Math.Max(2 * ParametersPerLayer / BytesPerSecond, 2 * ParametersPerLayer * tokens / GemmFlops);

    private static double KvSave(int tokens) => 0.002 + 1e3 * (tokens * 2.0 * 8 * 128 * 2 * 2) / BytesPerSecond;

    private static double Decode(IReadOnlyList<int> processed)
    {
        int mean = (int)(processed.Sum(tokens => (long)tokens) / processed.Count);
        double bytes = (double)processed.Count * RoundUp(mean, 64) * 2 * 8 * 128 * 2;
        return (0.010 + 1e3 * bytes / BytesPerSecond) * (processed.Count > 1 ? 1.1 : 1);
    }

    private static double Prefill(IReadOnlyList<(int Processed, int Chunk)> prefills)
    {
        double context = prefills.Sum(prefill => RoundUp(prefill.Processed, 64));
        double chunk = Math.Round(Math.Sqrt(prefills.Sum(prefill => (double)prefill.Chunk * prefill.Chunk)), MidpointRounding.ToEven);
        return (0.010 + 1e3 * 4 * 32 * 128 * (chunk * context + chunk * chunk / 2) / AttentionFlops) * (prefills.Count > 1 ? 1.1 : 1);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
