namespace Cortex.Runtime.Models;

/// <summary>The rotation as a GGUF file describes it: keys for linear and YaRN scaling, a tensor of divisors for Llama 3.1's.</summary>
internal static class GgufRope
{
    /// <exception cref="ModelException">A kind of rotation that is not computed here, or a setting out of range.</exception>
    public static RopeFrequencies From(GgufFile file, string family, int headDim)
    {
        GgufKeys keys = file.Keys;
        string prefix = $"{family}.rope.";
        double theta = keys.OptionalNumber(prefix + "freq_base") ?? 10_000;
        if (theta <= 1)
        {
            throw new ModelException($"{file.Path}: key \"{prefix}freq_base\" must be a number above 1");
        }
        double factor = keys.OptionalNumber(prefix + "scaling.factor") ?? keys.OptionalNumber(prefix + "scale_linear") ?? 1;
        string type = keys.OptionalText(prefix + "scaling.type") ?? (factor == 1 ? "none" : "linear");
        RopeFrequencies rope = type switch
        {
            "none" => new(RopeScaling.Default(theta, headDim), 1),
            "linear" => new(RopeScaling.Linear(theta, headDim, factor), 1),
            "yarn" => Yarn(keys, family, theta, headDim, factor),
            _ => throw new ModelException($"{file.Path}: rope scaling {Shown.Quoted(type)} is not supported; supported are none, linear, yarn"),
        };
        return Divided(file, rope);
    }

    private static RopeFrequencies Yarn(GgufKeys keys, string family, double theta, int headDim, double factor)
    {
        string prefix = $"{family}.rope.scaling.";
        if (keys.OptionalNumber(prefix + "yarn_log_multiplier") is not null)
        {
            throw new ModelException($"{keys.Place}: key \"{prefix}yarn_log_multiplier\" is not supported");
        }
        YarnSettings settings = new(
            factor,
            keys.OptionalNumber(prefix + "original_context_length") ?? keys.Int($"{family}.context_length", 1, int.MaxValue),
            keys.OptionalNumber(prefix + "yarn_beta_fast") ?? 32,
            keys.OptionalNumber(prefix + "yarn_beta_slow") ?? 1);
        double given = keys.OptionalNumber(prefix + "yarn_attn_factor") ?? keys.OptionalNumber(prefix + "attn_factor") ?? 1;
        return new(RopeScaling.Yarn(theta, headDim, settings), given * RopeScaling.YarnMagnitude(factor));
    }

    private static RopeFrequencies Divided(GgufFile file, RopeFrequencies rope)
    {
        if (file.Tensors.GetValueOrDefault(GgufNames.RopeDivisors) is not { } tensor)
        {
            return rope;
        }
        tensor.Expect(rope.Inverse.Length);
        float[] divisors = new float[rope.Inverse.Length];
        Dequantising.ToSingle(tensor.Type, tensor.Data, divisors);
        return rope with { Inverse = [.. rope.Inverse.Zip(divisors, (inverse, divisor) => inverse / divisor)] };
    }
}
