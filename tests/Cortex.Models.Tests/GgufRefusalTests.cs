using System.Text.Json.Nodes;
using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>GGUF files that are wrong, or hold what is not computed; and scalings of the rotation that they can ask for.</summary>
public sealed class GgufRefusalTests
{
    private static readonly Func<string, long[], byte[]> Zeros = (_, shape) => new byte[2 * shape[0] * shape[1]];

    [Fact]
    public void Version_2_reads_as_version_3()
    {
        GgufBytes file = Good();
        file.Version = 2;
        using ModelFolder folder = new();
        ModelLoader.Open(folder.Write("model.gguf", file.ToArray())).Dispose();
    }

    [Theory]
    [InlineData(1u, "version 1; supported are 2 and 3")]
    [InlineData(4u, "version 4; supported are 2 and 3")]
    [InlineData(0x03000000u, "big-endian numbers")]
    public void Another_version_is_refused(uint version, string said)
    {
        GgufBytes file = Good();
        file.Version = version;
        Refused(file.ToArray(), said);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] good = Good().ToArray();
        for (int length = 1; length < good.Length; length += length < 3000 ? 97 : 9973)
        {
            Refused(good[..length]);
        }
        // What pads the last tensor is no data.
        Refused(good[..^32], "it may be cut short");
    }

    [Fact]
    public void What_does_not_begin_with_its_magic_is_refused() => Refused("{\"a\": 1, \"b\": [1, 2, 3, 4, 5, 6]}"u8.ToArray(), "it does not begin with GGUF");

    [Theory]
    [InlineData(8, "tensors")]
    [InlineData(16, "keys")]
    [InlineData(24, "bytes of text")]
    public void A_count_that_no_file_could_hold_is_refused(int at, string said)
    {
        foreach (ulong count in (ulong[])[1 << 20, 1UL << 40, 1UL << 63, ulong.MaxValue])
        {
            byte[] file = Good().ToArray();
            BitConverter.GetBytes(count).CopyTo(file, at);
            Refused(file, $"{count} {said} do not fit into the file");
        }
    }

    [Fact]
    public void An_array_that_no_file_could_hold_or_in_another_is_refused()
    {
        Refused(Good().Raw("x", 9, [8, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 127]).ToArray(), "do not fit into the file");
        Refused(Good().Raw("x", 9, [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]).ToArray(), "value of type 9");
        Refused(Good().Raw("x", 99, []).ToArray(), "value of type 99");
        Refused(Good().Key("x", 1).Key("x", 1).ToArray(), "key \"x\" stands there twice");
    }

    [Theory]
    [InlineData("llama.expert_count", 8u, "mixtures of experts are not supported")]
    [InlineData("llama.attention.sliding_window", 4096u, "a sliding window (4096) is not supported")]
    [InlineData("llama.attention.key_length", 64u, "tensor \"blk.0.attn_q.weight\" must be [128, 64], is [64, 64]")]
    [InlineData("llama.attention.value_length", 16u, "must be a whole number from 32 to 32, is \"16\"")]
    [InlineData("llama.rope.dimension_count", 16u, "must be a whole number from 32 to 32, is \"16\"")]
    [InlineData("split.count", 3u, "one of 3 parts; GGUF files in parts are not supported")]
    [InlineData("general.alignment", 0u, "must be a whole number from 8 to 65536")]
    [InlineData("tokenizer.chat_template", 1u, "\"tokenizer.chat_template\" must be a text, is \"1\"")]
    public void A_key_that_cannot_be_is_named_with_what_is_allowed(string key, uint value, string said) => Refused(Good().Key(key, value).ToArray(), said);

    [Fact]
    public void Architectures_and_scalings_that_are_not_computed_are_named()
    {
        Refused(GgufModels.Keys("gemma").ToArray(), "architecture \"gemma\" is not supported; supported are llama, qwen2, qwen3");
        Refused(Good().Key("llama.rope.scaling.type", "longrope").ToArray(), "rope scaling \"longrope\" is not supported; supported are none, linear, yarn");
        Refused(new GgufBytes().ToArray(), "\"general.architecture\" is missing");
        Refused(GgufModels.Keys("llama").ToArray(), "tensor \"token_embd.weight\" is missing");
    }

    [Fact]
    public void Tensors_that_cannot_be_are_named()
    {
        Refused(Good().Tensor("x", [64], 14, new byte[64]).ToArray(), "tensor \"x\" is Q6_K; supported are F32, F16, BF16, Q8_0, Q4_0, Q4_1");
        Refused(Good().Tensor("x", [64], 77, new byte[64]).ToArray(), "tensor \"x\" is type 77");
        Refused(Good().Tensor("x", [], 0, []).ToArray(), "from 1 to 4 dimensions, has 0");
        Refused(Good().Tensor("x", [1, 1, 1, 1, 1], 0, []).ToArray(), "from 1 to 4 dimensions, has 5");
        Refused(Good().Tensor("x", [16], 8, new byte[34]).ToArray(), "multiples of 32 numbers");
        Refused(Good().Tensor("x", [long.MinValue, 32], 0, new byte[4]).ToArray(), "it may be cut short");
        Refused(Good().Tensor("x", [long.MaxValue, long.MaxValue], 0, new byte[4]).ToArray(), "it may be cut short");
        Refused(Good().Tensor("token_embd.weight", [4], 0, new byte[16]).ToArray(), "tensor \"token_embd.weight\" stands there twice");
        Refused(Good().Tensor("blk.0.attn_q.bias", [64], 0, new byte[256]).ToArray(), "\"blk.0.attn_q.bias\" has no place in a model of architecture llama");
        GgufBytes shifted = Good();
        shifted.Shift = 32;
        Refused(shifted.ToArray(), "overlap");
        shifted = Good();
        shifted.Shift = 3;
        Refused(shifted.ToArray(), "multiples of 32 bytes");
        shifted.Shift = ulong.MaxValue - 31;
        Refused(shifted.ToArray(), "it may be cut short");
    }

    [Fact]
    public void Rotations_are_those_that_Hugging_Face_settings_give()
    {
        Same(Good().Key("llama.rope.scaling.type", "linear").Key("llama.rope.scaling.factor", 4f), """{"type": "linear", "factor": 4}""");
        Same(
            Good().Key("llama.rope.scaling.type", "yarn").Key("llama.rope.scaling.factor", 4f).Key("llama.rope.scaling.original_context_length", 32),
            """{"type": "yarn", "factor": 4, "original_max_position_embeddings": 32}""");
        Same(
            Good().Tensor("rope_freqs.weight", [16], 0, [.. Enumerable.Repeat(BitConverter.GetBytes(2f), 16).SelectMany(bytes => bytes)]),
            """{"type": "linear", "factor": 2}""");
    }

    private static GgufBytes Good() => GgufModels.Of("llama", 1, Zeros);

    private static void Same(GgufBytes file, string scaling)
    {
        using ModelFolder folder = new();
        ModelShape stored = ModelLoader.Shape(folder.Write("model.gguf", file.ToArray()));
        using ModelFolder other = new();
        JsonObject config = SmallShapes.Config("llama");
        config["rope_scaling"] = JsonNode.Parse(scaling);
        other.Write("config.json", config.ToJsonString());
        ModelShape expected = ModelLoader.Shape(other.Path);
        Assert.Equal(expected.Rope.Inverse, stored.Rope.Inverse);
        Assert.Equal(expected.Rope.AttentionFactor, stored.Rope.AttentionFactor);
        Assert.Equal(expected with { Rope = stored.Rope, StopTokens = stored.StopTokens }, stored);
    }

    private static void Refused(byte[] file, params string[] said)
    {
        using ModelFolder folder = new();
        string path = folder.Write("model.gguf", file);
        Refusal.Of(path, [path, .. said]);
    }
}
