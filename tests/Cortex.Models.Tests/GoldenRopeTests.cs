using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cortex.Runtime.Models;
using Cortex.Testing;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Inverse frequencies of the rotation, against what 64-bit arithmetic gave elsewhere.</summary>
public sealed class GoldenRopeTests
{
    private const string Cases = "models/rope.json";

    public static TheoryData<string> Names => !Shared.Has(Cases) ? [] : [.. Root().EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];

    [SharedTheory(Cases)]
    [MemberData(nameof(Names))]
    public void Frequencies_of_a_known_configuration_come_out_of_both_generations_of_settings(string name)
    {
        JsonElement golden = Root().EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        JsonObject old = Config(golden);
        old["rope_theta"] = golden.GetProperty("theta").GetDouble();
        old["rope_scaling"] = JsonNode.Parse(golden.GetProperty("rope").GetRawText());
        JsonObject late = Config(golden);
        late["rope_parameters"] = JsonNode.Parse(golden.GetProperty("rope").GetRawText());
        late["rope_parameters"]!["rope_theta"] = golden.GetProperty("theta").GetDouble();
        foreach (JsonObject config in (JsonObject[])[old, late])
        {
            using ModelFolder folder = new();
            folder.Write("config.json", config.ToJsonString());
            Same(golden, ModelLoader.Shape(folder.Path).Rope);
        }
    }

    [SharedTheory("models/tiny")]
    [GoldenModels("tiny")]
    public void Frequencies_of_a_model_are_those_of_its_golden(string model)
    {
        GoldenModel golden = new(model);
        ModelShape shape = ModelLoader.Shape(golden.Path);
        Assert.Equal(golden.Root.GetProperty("headDim").GetInt32(), shape.HeadDim);
        Same(golden.Root.GetProperty("rope"), shape.Rope);
    }

    private static void Same(JsonElement golden, RopeFrequencies rope)
    {
        double[] expected = GoldenModel.Numbers(golden.GetProperty("invFreq"));
        Assert.Equal(expected.Length, rope.Inverse.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(rope.Inverse[i] / expected[i] - 1) < 1e-14, string.Create(CultureInfo.InvariantCulture, $"pair {i}: {rope.Inverse[i]}, not {expected[i]}"));
        }
        Assert.Equal(golden.GetProperty("attentionFactor").GetDouble(), rope.AttentionFactor, 14);
    }

    private static JsonElement Root() => JsonDocument.Parse(File.ReadAllBytes(Shared.PathOf(Cases))).RootElement.GetProperty("cases");

    private static JsonObject Config(JsonElement golden) => new()
    {
        ["model_type"] = "llama",
        ["hidden_size"] = 64,
        ["num_hidden_layers"] = 1,
        ["num_attention_heads"] = 1,
        ["head_dim"] = golden.GetProperty("headDim").GetInt32(),
        ["intermediate_size"] = 64,
        ["vocab_size"] = 64,
        ["max_position_embeddings"] = golden.GetProperty("maxPositionEmbeddings").GetInt32(),
    };
}
