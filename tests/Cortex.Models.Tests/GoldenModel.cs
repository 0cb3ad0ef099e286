using System.Text.Json;
using Cortex.Testing;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>A model of the shared folder and what is known of it (format <c>cortex-golden-1</c>).</summary>
internal sealed class GoldenModel
{
    private readonly string _folder;

    /// <param name="name">Folder below the shared folder's <c>models</c>.</param>
    public GoldenModel(string name)
    {
        Path = Shared.PathOf($"models/{name}");
        _folder = System.IO.Path.Combine(Path, "golden");
        Root = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(_folder, "golden.json"))).RootElement;
    }

    /// <summary>The model's folder.</summary>
    public string Path { get; }

    public JsonElement Root { get; }

    public JsonElement Prompt(string name) => Root.GetProperty("prompts").EnumerateArray().Single(prompt => prompt.GetProperty("name").GetString() == name);

    public static int[] Ints(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetInt32())];

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];

    /// <summary>A tensor's numbers, row-major.</summary>
    public float[] Tensor(JsonElement tensor)
    {
        byte[] bytes = File.ReadAllBytes(System.IO.Path.Combine(_folder, tensor.GetProperty("file").GetString()!));
        float[] numbers = new float[bytes.Length / 4];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        Assert.Equal(Ints(tensor.GetProperty("shape")).Aggregate(1, (product, size) => product * size), numbers.Length);
        return numbers;
    }
}
