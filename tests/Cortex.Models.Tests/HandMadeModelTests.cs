using System.Text.Json.Nodes;
using Cortex.Runtime.Models;
using Cortex.Runtime.Oracle;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Models that the tests write themselves.</summary>
public sealed class HandMadeModelTests
{
    /// <summary>
    /// Queries of zero attend to all positions alike, identities pass values through, a gate of zero closes the feed-forward block. Embeddings are (3, 4) and
    /// (5, 12) × weight, whose roots of mean squares are 5/√2 and 13/√2: the second position's stream is (5, 12) + ((3, 4)√2/5 + (5, 12)√2/13) ÷ 2.
    /// </summary>
    [Fact]
    public void A_layer_computed_by_hand_comes_out_of_the_oracle()
    {
        using ModelFolder folder = new();
        JsonObject config = SmallShapes.Config("llama", tied: true);
        (config["hidden_size"], config["num_hidden_layers"], config["num_attention_heads"], config["intermediate_size"], config["vocab_size"]) = (2, 1, 1, 1, 2);
        config["rms_norm_eps"] = 1e-300;
        folder.Write("config.json", config.ToJsonString());
        float[] identity = [1, 0, 0, 1];
        const string Layer = "model.layers.0.";
        folder.Write("model.safetensors", SafetensorsBytes.Of(
            Tensor("model.embed_tokens.weight", [2, 2], 3, 4, 5, 12),
            Tensor("model.norm.weight", [2], 1, 1),
            Tensor(Layer + "input_layernorm.weight", [2], 1, 1),
            Tensor(Layer + "post_attention_layernorm.weight", [2], 1, 1),
            Tensor(Layer + "self_attn.q_proj.weight", [2, 2], 0, 0, 0, 0),
            Tensor(Layer + "self_attn.k_proj.weight", [2, 2], identity),
            Tensor(Layer + "self_attn.v_proj.weight", [2, 2], identity),
            Tensor(Layer + "self_attn.o_proj.weight", [2, 2], identity),
            Tensor(Layer + "mlp.gate_proj.weight", [1, 2], 0, 0),
            Tensor(Layer + "mlp.up_proj.weight", [1, 2], 7, 7),
            Tensor(Layer + "mlp.down_proj.weight", [2, 1], 7, 7)));
        using ModelWeights weights = ModelLoader.Open(folder.Path);
        OracleModel oracle = new(weights);
        double[] state = oracle.Append(oracle.NewCache(), [0, 1])[1];

        (double x, double y) = (5 + (3 / 5.0 + 5 / 13.0) * Math.Sqrt(2) / 2, 12 + (4 / 5.0 + 12 / 13.0) * Math.Sqrt(2) / 2);
        double root = Math.Sqrt((x * x + y * y) / 2);
        Assert.Equal(x / root, state[0], 1e-15);
        Assert.Equal(y / root, state[1], 1e-15);
        Assert.Equal((5 * x + 12 * y) / root, oracle.Logits(state)[0][1], 1e-14);
    }

    [Theory]
    [InlineData("llama", false, 1)]
    [InlineData("mistral", true, 3)]
    [InlineData("qwen2", true, 2)]
    [InlineData("qwen3", false, 5)]
    public void What_is_written_is_what_is_loaded(string family, bool tied, int shards)
    {
        using ModelFolder folder = SmallShapes.Folder(family, tied, shards);
        using ModelWeights loaded = ModelLoader.Open(folder.Path);
        using ModelWeights made = ModelLoader.Random(loaded.Shape, 5);
        Assert.Equal(
            Stored.All(made).Select(tensor => (tensor.Name, Stored.Hash(tensor.Bytes))),
            Stored.All(loaded).Select(tensor => (tensor.Name, Stored.Hash(tensor.Bytes))));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(512)]
    public void The_oracle_refuses_a_token_that_is_not_in_the_vocabulary(int token)
    {
        using ModelWeights weights = ModelLoader.Open("random:tiny");
        OracleModel oracle = new(weights);
        Assert.Throws<ArgumentOutOfRangeException>(() => oracle.Append(oracle.NewCache(), [1, token]));
    }

    private static (string, string, long[], byte[]) Tensor(string name, long[] shape, params float[] numbers) =>
        (name, "F32", shape, [.. numbers.SelectMany(BitConverter.GetBytes)]);
}
