using System.Text.Json;
using Cortex.Runtime.Models;
using Cortex.Testing;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>Folders of Hugging Face as they are.</summary>
public sealed class GoldenLoadTests
{
    [SharedTheory("models/tiny")]
    [GoldenModels("tiny")]
    public void A_model_is_mapped_as_it_is_stored(string model)
    {
        GoldenModel golden = new(model);
        using ModelWeights weights = ModelLoader.Open(golden.Path);
        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden.Path, "config.json")));
        Assert.Equal(config.RootElement.GetProperty("num_hidden_layers").GetInt32(), weights.Layers.Count);
        Assert.Equal(StoredType(golden.Root.GetProperty("storedDtype").GetString()!), weights.Layers[^1].Down.Type);
        Assert.Equal(weights.Shape.TiedEmbeddings, ReferenceEquals(weights.Embedding, weights.Output));
        Assert.Equal([2, 0], weights.Shape.StopTokens);
    }

    private static WeightType StoredType(string type) => type switch
    {
        "float32" => WeightType.F32,
        "float16" => WeightType.F16,
        _ => WeightType.Bf16,
    };
}
