namespace Cortex.Runtime.Models;

/// <summary>Opens models by name or path.</summary>
public static class ModelLoader
{
    internal const string Config = "config.json";

    private const string Generation = "generation_config.json";

    /// <param name="nameOrPath">As <see cref="ModelPlace.Find"/> takes it.</param>
    /// <param name="seed">Chooses the weights of a random model; files do not heed it.</param>
    /// <exception cref="ModelException">There is no such model, its files are wrong, or it is of a kind that is not computed here.</exception>
    public static ModelWeights Open(string nameOrPath, ulong seed = 0)
    {
        ModelPlace place = ModelPlace.Find(nameOrPath);
        return place.Kind switch
        {
            ModelKind.Random => WeightLayout.Read(NamedShapes.Find(place.Path), new RandomWeights(nameOrPath, seed)),
            ModelKind.Gguf => Gguf(place.Path),
            _ => Folder(place.Path),
        };
    }

    /// <summary>The shape alone, without a look at the weights.</summary>
    /// <exception cref="ModelException">As <see cref="Open"/>.</exception>
    public static ModelShape Shape(string nameOrPath)
    {
        ModelPlace place = ModelPlace.Find(nameOrPath);
        switch (place.Kind)
        {
            case ModelKind.Random:
                return NamedShapes.Find(place.Path);
            case ModelKind.Gguf:
                using (GgufFile file = new(place.Path))
                {
                    return GgufShape.From(file);
                }
            default:
                return FolderShape(place.Path);
        }
    }

    /// <summary>A model of any shape, its weights drawn by seed.</summary>
    /// <exception cref="ModelException">The machine lacks the memory.</exception>
    public static ModelWeights Random(ModelShape shape, ulong seed) =>
        WeightLayout.Read(shape, new RandomWeights($"a random {shape.Family}", seed));

    private static ModelWeights Folder(string folder)
    {
        ModelShape shape = FolderShape(folder);
        return WeightLayout.Read(shape, new SafetensorsWeights(folder, shape.TiedEmbeddings));
    }

    private static ModelWeights Gguf(string path)
    {
        GgufFile file = new(path);
        ModelShape shape;
        try
        {
            shape = GgufShape.From(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return WeightLayout.Read(shape, new GgufWeights(file, shape));
    }

    private static ModelShape FolderShape(string folder) => ModelConfig.Shape(
        Settings(Path.Combine(folder, Config)),
        File.Exists(Path.Combine(folder, Generation)) ? Settings(Path.Combine(folder, Generation)) : null);

    private static JsonSettings Settings(string path) => new(path, JsonText.Read(path));
}
