using System.Text.Json;

namespace Cortex.Runtime.Models;

/// <summary>A <c>config.json</c> as Hugging Face writes it, of either generation, read into a <see cref="ModelShape"/>. What is not computed here is refused by name.</summary>
internal static class ModelConfig
{
    private static readonly string[] Families = ["llama", "mistral", "qwen2", "qwen3"];

    /// <param name="config">The configuration.</param>
    /// <param name="generation"><c>generation_config.json</c>, whose stop tokens count too; null where there is none.</param>
    /// <exception cref="ModelException">A key is missing, out of range, or asks for what is not supported.</exception>
    public static ModelShape Shape(JsonSettings config, JsonSettings? generation = null)
    {
        string family = config.OptionalText("model_type") ?? throw config.Missing("model_type");
        if (!Families.Contains(family))
        {
            throw new ModelException($"{config.Place}: model type {Shown.Quoted(family)} is not supported; supported are {string.Join(", ", Families)}");
        }
        RefuseWhatIsNotComputed(config, family);
        int hidden = config.Int("hidden_size", 1, ShapeLimits.Width);
        int heads = config.Int("num_attention_heads", 1, ShapeLimits.Heads);
        int kvHeads = config.OptionalInt("num_key_value_heads", 1, ShapeLimits.Heads) ?? heads;
        int headDim = config.OptionalInt("head_dim", 2, ShapeLimits.HeadDim) ?? hidden / heads;
        ShapeLimits.CheckHeads(config.Place, heads, kvHeads, headDim);
        int positions = config.Int("max_position_embeddings", 1, int.MaxValue);
        int vocabulary = config.Int("vocab_size", 1, ShapeLimits.Vocabulary);
        int[] stopTokens = [.. StopTokens(config).Concat(generation is null ? [] : StopTokens(generation)).Distinct()];
        if (stopTokens.Count(token => token < vocabulary) == vocabulary)
        {
            throw new ModelException($"{config.Place}: \"eos_token_id\" names all {vocabulary} tokens, so that no text could have one; allowed: fewer");
        }
        return new()
        {
            Family = family,
            Layers = config.Int("num_hidden_layers", 1, ShapeLimits.Layers),
            Hidden = hidden,
            Heads = heads,
            KvHeads = kvHeads,
            HeadDim = headDim,
            Ffn = config.Int("intermediate_size", 1, ShapeLimits.Width),
            Vocabulary = vocabulary,
            MaxPositions = positions,
            NormEpsilon = config.OptionalNumber("rms_norm_eps") ?? 1e-6,
            Rope = RopeSettings.From(config, headDim, positions),
            TiedEmbeddings = config.OptionalBool("tie_word_embeddings") ?? false,
            QkvBias = family == "qwen2",
            QkNorm = family == "qwen3",
            StopTokens = stopTokens,
        };
    }

    private static IEnumerable<int> StopTokens(JsonSettings settings) => settings.Ints("eos_token_id", 0, int.MaxValue);

    private static void RefuseWhatIsNotComputed(JsonSettings config, string family)
    {
        if (config.OptionalText("hidden_act") is { } act and not "silu")
        {
            throw new ModelException($"{config.Place}: activation {Shown.Quoted(act)} is not supported; supported is silu");
        }
        foreach (string bias in (ReadOnlySpan<string>)["attention_bias", "mlp_bias"])
        {
            if (config.OptionalBool(bias) == true)
            {
                throw new ModelException($"{config.Place}: \"{bias}\": true is not supported");
            }
        }
        RefuseWindow(config, family);
        if (config.Value("layer_types") is { } types
            && (types.ValueKind != JsonValueKind.Array || types.EnumerateArray().Any(type => type.ValueKind != JsonValueKind.String || type.GetString() != "full_attention")))
        {
            throw config.Wrong("layer_types", types, "a list of \"full_attention\"");
        }
        if (config.OptionalObject("quantization_config") is { } quantised)
        {
            throw new ModelException($"{config.Place}: quantisation {Shown.Quoted(quantised.OptionalText("quant_method") ?? "?")} is not supported; "
                + "supported are safetensors in BF16, F16, F32, and GGUF");
        }
        foreach (string experts in (ReadOnlySpan<string>)["num_experts", "num_local_experts"])
        {
            if (config.Has(experts))
            {
                throw new ModelException($"{config.Place}: \"{experts}\": mixtures of experts are not supported");
            }
        }
    }

    private static void RefuseWindow(JsonSettings config, string family)
    {
        const string Window = "sliding_window";
        // Qwen writes a window that is switched off; without the switch a window is on.
        bool off = family is "qwen2" or "qwen3" && config.OptionalBool("use_sliding_window") != true;
        if (!off && config.Value(Window) is { } window)
        {
            throw new ModelException($"{config.Place}: a sliding window ({window.GetRawText()}) is not supported");
        }
        // Mistral's own default is a window of 4096 (transformers' MistralConfig): only a null that is written down switches it off.
        if (family == "mistral" && !config.Keys.Contains(Window))
        {
            throw new ModelException($"{config.Place}: without {Shown.Quoted(Window)} a model of type {Shown.Quoted(family)} has a window of 4096, which is not supported; supported is null");
        }
    }
}
