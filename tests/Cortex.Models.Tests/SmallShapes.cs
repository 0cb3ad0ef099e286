using System.Text.Json.Nodes;
using Cortex.Runtime.Models;

namespace Cortex.Models.Tests;

/// <summary>Shapes and configurations small enough to be written anew by each test: two layers, hidden 64, two heads of 32 over one, ffn 96, 40 tokens.</summary>
internal static class SmallShapes
{
    public static JsonObject Config(string family, bool tied = false) => new()
    {
        ["model_type"] = family,
        ["hidden_size"] = 64,
        ["num_hidden_layers"] = 2,
        ["num_attention_heads"] = 2,
        ["num_key_value_heads"] = 1,
        ["intermediate_size"] = 96,
        ["vocab_size"] = 40,
        ["max_position_embeddings"] = 128,
        ["rms_norm_eps"] = 1e-5,
        ["rope_theta"] = 10_000.0,
        ["tie_word_embeddings"] = tied,
        ["eos_token_id"] = 2,
        ["sliding_window"] = null,
    };

    /// <summary>A folder with a model of seeded weights, as Hugging Face lays it out.</summary>
    /// <param name="family">Of the model.</param>
    /// <param name="tied">Whether the output projection is the embedding.</param>
    /// <param name="shards">Files that the tensors are dealt to; 1 is a file without an index.</param>
    public static ModelFolder Folder(string family, bool tied = false, int shards = 1)
    {
        ModelFolder folder = new();
        folder.Write("config.json", Config(family, tied).ToJsonString());
        using ModelWeights weights = ModelLoader.Random(ModelLoader.Shape(folder.Path), 5);
        (string Name, string Type, long[] Shape, byte[] Bytes)[] tensors = [.. Stored.All(weights).Select(tensor => (tensor.Name, "BF16", tensor.Shape, tensor.Bytes))];
        if (shards == 1)
        {
            folder.Write("model.safetensors", SafetensorsBytes.Of(tensors));
            return folder;
        }
        JsonObject map = [];
        for (int shard = 0; shard < shards; shard++)
        {
            string name = $"model-{shard + 1:d5}-of-{shards:d5}.safetensors";
            (string Name, string, long[], byte[])[] dealt = [.. tensors.Where((_, i) => i % shards == shard)];
            folder.Write(name, SafetensorsBytes.Of(dealt));
            foreach ((string Name, string, long[], byte[]) tensor in dealt)
            {
                map[tensor.Name] = name;
            }
        }
        folder.Write("model.safetensors.index.json", new JsonObject { ["weight_map"] = map }.ToJsonString());
        return folder;
    }
}
