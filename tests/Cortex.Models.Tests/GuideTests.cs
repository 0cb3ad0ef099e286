using System.Text.Json.Nodes;
using Cortex.Runtime.Models;
using Cortex.Runtime.Oracle;
using Cortex.Testing;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>What <c>docs/models.md</c> shows is what happens.</summary>
public sealed class GuideTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Shared.Solution, "docs/models.md"));

    [Fact]
    public void The_sample_prints_what_stands_below_it()
    {
        StringWriter output = new();
        using (ModelWeights weights = ModelLoader.Open("random:tiny", seed: 7))
        {
            output.Write($"{weights.Shape.Layers} layers, hidden {weights.Shape.Hidden}, {weights.Shape.Vocabulary} tokens\n");
            OracleModel oracle = new(weights);
            output.Write(string.Join(' ', oracle.Greedy(prompt: [1, 2, 3], count: 8).Select(token => token.Id)));
        }
        Assert.Contains($"```\n\n```\n{output}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shape_is_named() => Assert.All(NamedShapes.Names, name => Assert.Contains($"`random:{name}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Refusals_read_as_the_page_has_them()
    {
        string[] lines =
        [
            Refused(folder => Configure(folder, "sliding_window", 4096)),
            Refused(folder => Configure(folder, "rope_scaling", new JsonObject { ["rope_type"] = "dynamic", ["factor"] = 2.0 })),
            Refused(folder => folder.Write("model.safetensors", File.ReadAllBytes(Path.Combine(folder.Path, "model.safetensors"))[..^1000])),
            Refused(folder => Configure(folder, "num_hidden_layers", 3)),
            Refused(folder => Configure(folder, "intermediate_size", 128)),
            Refused(folder =>
            {
                File.Delete(Path.Combine(folder.Path, "model.safetensors"));
                folder.Write("model.gguf", GgufModels.Keys("llama").Tensor("output.weight", [40, 64], 14, []).ToArray());
            }),
        ];
        string block = $"```\n{string.Join('\n', lines)}\n```";
        Assert.True(Page.Contains(block, StringComparison.Ordinal), block);
    }

    private static void Configure(ModelFolder folder, string key, JsonNode value)
    {
        JsonObject config = SmallShapes.Config("llama");
        config[key] = value;
        folder.Write("config.json", config.ToJsonString());
    }

    private static string Refused(Action<ModelFolder> spoil)
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        spoil(folder);
        return Assert.Throws<ModelException>(() => ModelLoader.Open(folder.Path).Dispose()).Message.Replace(folder.Path, "model", StringComparison.Ordinal);
    }
}
