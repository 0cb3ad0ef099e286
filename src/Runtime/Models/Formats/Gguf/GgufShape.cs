namespace Cortex.Runtime.Models;

/// <summary>The keys of a GGUF file read into a <see cref="ModelShape"/>. What is not computed here is refused by name.</summary>
internal static class GgufShape
{
    private static readonly string[] Architectures = ["llama", "qwen2", "qwen3"];

    /// <exception cref="ModelException">A key is missing, out of range, or asks for what is not supported.</exception>
    public static ModelShape From(GgufFile file)
    {
        GgufKeys keys = file.Keys;
        if (keys.OptionalInt("split.count", 0, int.MaxValue) is { } parts and > 1)
        {
            throw new ModelException($"{keys.Place}: one of {parts} parts; GGUF files in parts are not supported, \"llama-gguf-split --merge\" joins them");
        }
        string family = keys.Text("general.architecture");
        if (!Architectures.Contains(family))
        {
            throw new ModelException($"{file.Path}: architecture {Shown.Quoted(family)} is not supported; supported are {string.Join(", ", Architectures)}");
        }
        RefuseWhatIsNotComputed(keys, family);
        int hidden = keys.Int($"{family}.embedding_length", 1, ShapeLimits.Width);
        int heads = keys.Int($"{family}.attention.head_count", 1, ShapeLimits.Heads);
        int kvHeads = keys.OptionalInt($"{family}.attention.head_count_kv", 1, ShapeLimits.Heads) ?? heads;
        int headDim = keys.OptionalInt($"{family}.attention.key_length", 2, ShapeLimits.HeadDim) ?? hidden / heads;
        ShapeLimits.CheckHeads(file.Path, heads, kvHeads, headDim);
        foreach (string same in (ReadOnlySpan<string>)[$"{family}.attention.value_length", $"{family}.rope.dimension_count"])
        {
            _ = keys.OptionalInt(same, headDim, headDim);
        }
        return new()
        {
            Family = family,
            Layers = keys.Int($"{family}.block_count", 1, ShapeLimits.Layers),
            Hidden = hidden,
            Heads = heads,
            KvHeads = kvHeads,
            HeadDim = headDim,
            Ffn = keys.Int($"{family}.feed_forward_length", 1, ShapeLimits.Width),
            Vocabulary = Vocabulary(file),
            MaxPositions = keys.Int($"{family}.context_length", 1, int.MaxValue),
            NormEpsilon = keys.OptionalNumber($"{family}.attention.layer_norm_rms_epsilon")
                ?? throw new ModelException($"{file.Path}: key \"{family}.attention.layer_norm_rms_epsilon\" is missing"),
            Rope = GgufRope.From(file, family, headDim),
            TiedEmbeddings = !file.Tensors.ContainsKey(GgufNames.Output),
            QkvBias = family == "qwen2",
            QkNorm = family == "qwen3",
            StopTokens = GgufVocabulary.From(keys).StopTokens,
        };
    }

    private static int Vocabulary(GgufFile file) => file.Tensors.GetValueOrDefault(GgufNames.Embedding) switch
    {
        null => throw new ModelException($"{file.Path}: tensor \"{GgufNames.Embedding}\" is missing"),
        { Shape: [long rows and >= 1 and <= ShapeLimits.Vocabulary, _] } => (int)rows,
        { } tensor => throw new ModelException($"{file.Path}: tensor \"{GgufNames.Embedding}\" must be [vocabulary, hidden], is [{string.Join(", ", tensor.Shape)}]"),
    };

    private static void RefuseWhatIsNotComputed(GgufKeys keys, string family)
    {
        if (keys.OptionalInt($"{family}.expert_count", 0, int.MaxValue) > 0)
        {
            throw new ModelException($"{keys.Place}: key \"{family}.expert_count\": mixtures of experts are not supported");
        }
        if (keys.OptionalInt($"{family}.attention.sliding_window", 0, int.MaxValue) is { } window and > 0)
        {
            throw new ModelException($"{keys.Place}: a sliding window ({window}) is not supported");
        }
    }
}
