using Cortex.Runtime.Models;

namespace Cortex.Models.Tests;

/// <summary>Models of <see cref="SmallShapes"/> as GGUF files.</summary>
internal static class GgufModels
{
    /// <summary>Keys of an architecture; the vocabulary has no tokens.</summary>
    public static GgufBytes Keys(string family) => new GgufBytes()
        .Key("general.architecture", family)
        .Key($"{family}.block_count", 2)
        .Key($"{family}.context_length", 128)
        .Key($"{family}.embedding_length", 64)
        .Key($"{family}.feed_forward_length", 96)
        .Key($"{family}.attention.head_count", 2)
        .Key($"{family}.attention.head_count_kv", 1)
        .Key($"{family}.attention.layer_norm_rms_epsilon", 1e-5f)
        .Key($"{family}.rope.freq_base", 10_000f)
        .Key("tokenizer.ggml.model", "gpt2")
        .Key("tokenizer.ggml.tokens", ["a", "b"])
        .Key("tokenizer.ggml.eos_token_id", 2);

    /// <summary>A whole file: vectors as F32, matrices as a function gives them.</summary>
    /// <param name="family">llama, qwen2 or qwen3.</param>
    /// <param name="type">GGUF's number for the matrices' type.</param>
    /// <param name="matrix">Bytes of a matrix whose rows are in the order of the file, by name and sizes.</param>
    public static GgufBytes Of(string family, uint type, Func<string, long[], byte[]> matrix)
    {
        GgufBytes file = Keys(family);
        using ModelFolder folder = new();
        folder.Write("config.json", SmallShapes.Config(family).ToJsonString());
        using ModelWeights weights = ModelLoader.Random(ModelLoader.Shape(folder.Path), 5);
        foreach ((string name, long[] shape, byte[] bytes) in Stored.All(weights))
        {
            string stored = Name(name);
            _ = shape.Length == 1
                ? file.Tensor(stored, shape, 0, [.. bytes.Chunk(2).SelectMany(pair => (byte[])[0, 0, .. pair])])
                : file.Tensor(stored, shape, type, matrix(stored, shape));
        }
        return file;
    }

    public static string Name(string name) => name switch
    {
        "model.embed_tokens.weight" => "token_embd.weight",
        "model.norm.weight" => "output_norm.weight",
        "lm_head.weight" => "output.weight",
        _ => name.Replace("model.layers.", "blk.", StringComparison.Ordinal).Replace("self_attn.o_proj", "attn_output", StringComparison.Ordinal)
            .Replace("input_layernorm", "attn_norm", StringComparison.Ordinal).Replace("post_attention_layernorm", "ffn_norm", StringComparison.Ordinal)
            .Replace("self_attn.", "attn_", StringComparison.Ordinal).Replace("mlp.", "ffn_", StringComparison.Ordinal).Replace("_proj", "", StringComparison.Ordinal),
    };
}
