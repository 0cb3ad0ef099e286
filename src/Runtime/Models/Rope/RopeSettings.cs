namespace Cortex.Runtime.Models;

/// <summary>
/// The rotation as a <c>config.json</c> describes it, of both generations: <c>rope_theta</c> and <c>rope_scaling</c>, or <c>rope_parameters</c> with theta inside.
/// </summary>
internal static class RopeSettings
{
    /// <param name="config">The whole configuration.</param>
    /// <param name="headDim">Numbers in a head.</param>
    /// <param name="maxPositions">Positions of the model, for scalings that do not name the original ones.</param>
    /// <exception cref="ModelException">A kind of rotation that is not computed here, or a setting missing or out of range.</exception>
    public static RopeFrequencies From(JsonSettings config, int headDim, int maxPositions)
    {
        JsonSettings? scaling = config.OptionalObject("rope_parameters") ?? config.OptionalObject("rope_scaling");
        double theta = scaling?.OptionalNumber("rope_theta", 1) ?? config.OptionalNumber("rope_theta", 1) ?? 10_000;
        if ((scaling?.OptionalNumber("partial_rotary_factor") ?? config.OptionalNumber("partial_rotary_factor") ?? 1) != 1)
        {
            throw new ModelException($"{(scaling ?? config).Place}: \"partial_rotary_factor\" other than 1 is not supported");
        }
        return scaling is null ? new(RopeScaling.Default(theta, headDim), 1) : Scaled(scaling, theta, headDim, maxPositions);
    }

    private static RopeFrequencies Scaled(JsonSettings scaling, double theta, int headDim, int maxPositions) =>
        (scaling.OptionalText("rope_type") ?? scaling.OptionalText("type") ?? "default") switch
        {
            "default" => new(RopeScaling.Default(theta, headDim), 1),
            "linear" => new(RopeScaling.Linear(theta, headDim, scaling.Number("factor")), 1),
            "llama3" => new(RopeScaling.Llama3(theta, headDim, Llama3(scaling)), 1),
            "yarn" => Yarn(scaling, theta, headDim, maxPositions),
            string other => throw new ModelException(
                $"{scaling.Place}: rope type {Shown.Quoted(other)} is not supported; supported are default, linear, llama3, yarn"),
        };

    private static Llama3Settings Llama3(JsonSettings scaling)
    {
        Llama3Settings settings = new(
            scaling.Number("factor"), scaling.Number("low_freq_factor"), scaling.Number("high_freq_factor"), scaling.Number("original_max_position_embeddings"));
        return settings.HighFrequencyFactor > settings.LowFrequencyFactor
            ? settings
            : throw new ModelException($"{scaling.Place}: \"high_freq_factor\" must be above \"low_freq_factor\"");
    }

    private static RopeFrequencies Yarn(JsonSettings scaling, double theta, int headDim, int maxPositions)
    {
        double original = scaling.OptionalNumber("original_max_position_embeddings") ?? maxPositions;
        YarnSettings settings = new(
            scaling.OptionalNumber("factor") ?? maxPositions / original,
            original,
            scaling.OptionalNumber("beta_fast") ?? 32,
            scaling.OptionalNumber("beta_slow") ?? 1,
            scaling.OptionalBool("truncate") ?? true);
        if (settings.BetaFast < settings.BetaSlow)
        {
            throw new ModelException($"{scaling.Place}: \"beta_fast\" must not be below \"beta_slow\"");
        }
        double magnitude = scaling.OptionalNumber("mscale", -1) is { } mscale and not 0 && scaling.OptionalNumber("mscale_all_dim", -1) is { } all and not 0
            ? RopeScaling.YarnMagnitude(settings.Factor, mscale) / RopeScaling.YarnMagnitude(settings.Factor, all)
            : RopeScaling.YarnMagnitude(settings.Factor);
        return new(RopeScaling.Yarn(theta, headDim, settings), scaling.OptionalNumber("attention_factor") ?? magnitude);
    }
}
