using System.Security.Cryptography;
using Cortex.Runtime.Models;

namespace Cortex.Models.Tests;

/// <summary>The bytes of weights, and all weights of a model under the names of Hugging Face.</summary>
internal static class Stored
{
    public static unsafe byte[] Bytes(WeightMatrix matrix) => new ReadOnlySpan<byte>((void*)matrix.Data, checked((int)matrix.Bytes)).ToArray();

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>As bf16, which is exact for vectors that were stored so.</summary>
    public static byte[] Bytes(float[] vector) => [.. vector.SelectMany(number => BitConverter.GetBytes(Rounding.ToBf16(number)))];

    /// <summary>Name, sizes and bytes of every tensor; the output projection is not among them where it is the embedding.</summary>
    public static IEnumerable<(string Name, long[] Shape, byte[] Bytes)> All(ModelWeights weights)
    {
        yield return Of("model.embed_tokens.weight", weights.Embedding);
        yield return Of("model.norm.weight", weights.FinalNorm);
        if (!weights.Shape.TiedEmbeddings)
        {
            yield return Of("lm_head.weight", weights.Output);
        }
        foreach ((LayerWeights layer, string prefix) in weights.Layers.Select((layer, i) => (layer, $"model.layers.{i}.")))
        {
            yield return Of(prefix + "input_layernorm.weight", layer.AttentionNorm);
            yield return Of(prefix + "post_attention_layernorm.weight", layer.FfnNorm);
            yield return Of(prefix + "self_attn.q_proj.weight", layer.Query);
            yield return Of(prefix + "self_attn.k_proj.weight", layer.Key);
            yield return Of(prefix + "self_attn.v_proj.weight", layer.Value);
            yield return Of(prefix + "self_attn.o_proj.weight", layer.AttentionOutput);
            yield return Of(prefix + "mlp.gate_proj.weight", layer.Gate);
            yield return Of(prefix + "mlp.up_proj.weight", layer.Up);
            yield return Of(prefix + "mlp.down_proj.weight", layer.Down);
            foreach ((string name, float[]? vector) in new[]
            {
                ("q_proj.bias", layer.QueryBias), ("k_proj.bias", layer.KeyBias), ("v_proj.bias", layer.ValueBias),
                ("q_norm.weight", layer.QueryNorm), ("k_norm.weight", layer.KeyNorm),
            })
            {
                if (vector is not null)
                {
                    yield return Of($"{prefix}self_attn.{name}", vector);
                }
            }
        }
    }

    private static (string, long[], byte[]) Of(string name, WeightMatrix matrix) => (name, [matrix.Rows, matrix.Columns], Bytes(matrix));

    private static (string, long[], byte[]) Of(string name, float[] vector) => (name, [vector.Length], Bytes(vector));
}
