using Cortex.Policies;

namespace Cortex.CostModels.Tests;

/// <summary>Shorthand for asking a cost model.</summary>
internal static class Shapes
{
    public static double Decode(this IStepCost cost, int sequences, long context) => cost.Decode(sequences, context, out _);

    public static double Decode(this IStepCost cost, int sequences, long context, out int alike) =>
        cost.Seconds(new() { Tokens = sequences, DecodeSequences = sequences, DecodeContext = context }, out alike);

    public static double Prefill(this IStepCost cost, params ReadOnlySpan<PrefillChunk> prefills) => cost.Mixed(0, 0, prefills);

    public static double Mixed(this IStepCost cost, int decodes, long context, params ReadOnlySpan<PrefillChunk> prefills)
    {
        int tokens = decodes;
        foreach (PrefillChunk chunk in prefills)
        {
            tokens += chunk.Tokens;
        }
        return cost.Seconds(new() { Tokens = tokens, DecodeSequences = decodes, DecodeContext = context, Prefills = prefills }, out _);
    }

    public static RooflineCost Roofline(string gpu, string model, int tensorParallel = 1) =>
        new(HardwareCatalog.Gpu(gpu), HardwareCatalog.Model(model), tensorParallel);
}
