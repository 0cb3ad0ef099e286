using System.Text.Json.Nodes;
using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Safetensors files that are wrong: in the folder of a good model, one thing is changed.</summary>
public sealed class SafetensorsRefusalTests
{
    private const string Norm = "model.norm.weight";

    [Fact]
    public void A_file_shorter_than_its_header_says_is_refused() =>
        Refused((header, data) => SafetensorsBytes.Of(header.ToJsonString(), data[..^1]), "it may be cut short");

    [Fact]
    public void A_file_longer_than_its_tensors_is_refused() =>
        Refused((header, data) => SafetensorsBytes.Of(header.ToJsonString(), [.. data, 0]), "a safetensors file has no gaps");

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL << 20)]
    [InlineData(100_000_001UL)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void A_header_of_impossible_length_is_refused(ulong length) =>
        Refused((header, data) => SafetensorsBytes.Of(header.ToJsonString(), data, length), $"is said to have {length}");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(100)]
    public void A_file_that_ends_in_its_header_is_refused(int length) =>
        Refused((header, data) => SafetensorsBytes.Of(header.ToJsonString(), data)[..length]);

    [Theory]
    [InlineData("dtype", "\"F13\"", "tensor \"model.norm.weight\": unknown type \"F13\"")]
    [InlineData("dtype", "\"F32\"", "F32 [64] does not take the 128 bytes given to it")]
    [InlineData("dtype", "\"I16\"", "tensor \"model.norm.weight\" is I16; supported are BF16, F16, F32")]
    [InlineData("dtype", "null", "\"dtype\" is missing")]
    [InlineData("dtype", "3", "\"dtype\" must be a text")]
    [InlineData("shape", "[8, 8]", "must be [64], is [8, 8]")]
    [InlineData("shape", "[-64]", "\"shape\" must be a list of at most 8 whole numbers, none negative")]
    [InlineData("shape", "[64.5]", "\"shape\" must be a list")]
    [InlineData("shape", "[9223372036854775807, 9223372036854775807]", "does not take the 128 bytes")]
    [InlineData("shape", "\"64\"", "\"shape\" must be a list")]
    [InlineData("data_offsets", "[0, 128]", "overlap")]
    [InlineData("data_offsets", "[128, 0]", "are not within")]
    [InlineData("data_offsets", "[-128, 0]", "\"data_offsets\" must be a list")]
    [InlineData("data_offsets", "[9223372036854775680, 9223372036854775807]", "it may be cut short")]
    [InlineData("data_offsets", "[1]", "are not within")]
    public void A_tensor_that_cannot_be_is_named(string key, string value, string said) => Refused(
        (header, data) =>
        {
            header[Norm]![key] = JsonNode.Parse(value);
            return SafetensorsBytes.Of(header.ToJsonString(), data);
        },
        Norm,
        said);

    [Fact]
    public void A_tensor_that_is_missing_is_named() => Refused(
        (header, data) =>
        {
            JsonNode norm = header[Norm]!;
            Assert.True(header.Remove(Norm));
            header["model.norm.bias"] = norm;
            return SafetensorsBytes.Of(header.ToJsonString(), data);
        },
        "tensor \"model.norm.weight\" is missing");

    [Fact]
    public void A_pointer_of_Git_LFS_is_told_from_a_corrupt_file()
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        string path = folder.Write("model.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        Refusal.Of(folder.Path, path, "a Git LFS pointer stands in place of the file");
    }

    [Fact]
    public void A_tensor_that_the_model_would_not_use_is_refused()
    {
        using ModelFolder folder = SmallShapes.Folder("qwen2");
        folder.Write("config.json", SmallShapes.Config("llama").ToJsonString());
        Refusal.Of(folder.Path, "self_attn.q_proj.bias\" has no place in a model of this configuration");
    }

    [Theory]
    [InlineData("../model-00001-of-00002.safetensors", "is not the name of a file in the same folder")]
    [InlineData("a/b", "is not the name of a file in the same folder")]
    [InlineData("..", "is not the name of a file in the same folder")]
    [InlineData("", "is not the name of a file in the same folder")]
    [InlineData("model-00009-of-00002.safetensors", "no such file")]
    [InlineData("model-00001-of-00002.safetensors", "no tensor \"model.norm.weight\", which model.safetensors.index.json puts there")]
    [InlineData("config.json", "config.json: the header must have")]
    public void A_shard_that_is_not_there_is_named(string shard, string said)
    {
        using ModelFolder folder = SmallShapes.Folder("llama", shards: 2);
        string index = Path.Combine(folder.Path, "model.safetensors.index.json");
        JsonNode map = JsonNode.Parse(File.ReadAllText(index))!;
        map["weight_map"]![Norm] = shard;
        folder.Write("model.safetensors.index.json", map.ToJsonString());
        Refusal.Of(folder.Path, folder.Path, said);
    }

    [Fact]
    public void What_follows_from_elsewhere_may_be_stored_too()
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        JsonObject config = SmallShapes.Config("llama", tied: true);
        folder.Write("config.json", config.ToJsonString());
        using ModelWeights weights = ModelLoader.Open(folder.Path);
        Assert.Same(weights.Embedding, weights.Output);
    }

    private static void Refused(Func<JsonObject, byte[], byte[]> change, params string[] said)
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        byte[] good = File.ReadAllBytes(Path.Combine(folder.Path, "model.safetensors"));
        int length = (int)BitConverter.ToUInt64(good);
        folder.Write("model.safetensors", change(JsonNode.Parse(good.AsSpan(8, length))!.AsObject(), good[(8 + length)..]));
        Refusal.Of(folder.Path, [folder.Path, .. said]);
    }
}
