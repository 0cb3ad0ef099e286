namespace Cortex.Runtime.Models;

/// <summary>Opens models by name or path.</summary>
public static class ModelLoader
{
    /// <summary>What a name begins with that stands for a shape with random weights.</summary>
    public const string RandomPrefix = "random:";

    private const string Generation = "generation_config.json";

    /// <param name="nameOrPath">
    /// A Hugging Face folder (<c>config.json</c> and safetensors), or <c>random:</c> and one of <see cref="NamedShapes.Names"/>.
    /// </param>
    /// <param name="seed">Chooses the weights of a random model; files do not heed it.</param>
    /// <exception cref="ModelException">There is no such model, its files are wrong, or it is of a kind that is not computed here.</exception>
    public static ModelWeights Open(string nameOrPath, ulong seed = 0)
    {
        ModelShape shape = Shape(nameOrPath);
        return nameOrPath.StartsWith(RandomPrefix, StringComparison.Ordinal)
            ? Random(shape, seed)
            : WeightLayout.Read(shape, new SafetensorsWeights(nameOrPath, shape.TiedEmbeddings));
    }

    /// <summary>The shape alone, without a look at the weights.</summary>
    /// <exception cref="ModelException">As <see cref="Open"/>.</exception>
    public static ModelShape Shape(string nameOrPath)
    {
        if (nameOrPath.StartsWith(RandomPrefix, StringComparison.Ordinal))
        {
            return NamedShapes.Find(nameOrPath[RandomPrefix.Length..]);
        }
        if (!Directory.Exists(nameOrPath))
        {
            throw new ModelException($"{nameOrPath}: no such model; a folder with config.json and safetensors, or {RandomPrefix}NAME, is expected");
        }
        return ModelConfig.Shape(
            Settings(Path.Combine(nameOrPath, "config.json")),
            File.Exists(Path.Combine(nameOrPath, Generation)) ? Settings(Path.Combine(nameOrPath, Generation)) : null);
    }

    /// <summary>A model of any shape, its weights drawn by seed.</summary>
    /// <exception cref="ModelException">The machine lacks the memory.</exception>
    public static ModelWeights Random(ModelShape shape, ulong seed) => WeightLayout.Read(shape, new RandomWeights($"{RandomPrefix}{shape.Family}", seed));

    private static JsonSettings Settings(string path) => new(path, JsonText.Read(path));
}
