namespace Cortex.Runtime.Models;

/// <summary>What kind of thing a model is.</summary>
public enum ModelKind : byte
{
    /// <summary>A folder with <c>config.json</c> and safetensors.</summary>
    HuggingFace,

    /// <summary>One GGUF file.</summary>
    Gguf,

    /// <summary>A shape with weights drawn by seed; no file.</summary>
    Random,
}

/// <summary>Where a model is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">The folder, the file, or the name of the shape.</param>
public readonly record struct ModelPlace(ModelKind Kind, string Path)
{
    /// <summary>What a name begins with that stands for a shape with random weights.</summary>
    public const string RandomPrefix = "random:";

    /// <param name="nameOrPath">
    /// <c>random:</c> and one of <see cref="NamedShapes.Names"/>, a GGUF file, or a folder: with safetensors, or else with a single GGUF file.
    /// </param>
    /// <exception cref="ModelException">There is no such thing.</exception>
    public static ModelPlace Find(string nameOrPath)
    {
        if (nameOrPath.StartsWith(RandomPrefix, StringComparison.Ordinal))
        {
            return new(ModelKind.Random, nameOrPath[RandomPrefix.Length..]);
        }
        if (File.Exists(nameOrPath))
        {
            return new(ModelKind.Gguf, nameOrPath);
        }
        if (!Directory.Exists(nameOrPath))
        {
            throw new ModelException($"{Shown.Quoted(nameOrPath)}: no such model; expected a folder, a GGUF file, or {RandomPrefix}NAME");
        }
        return Folder(nameOrPath);
    }

    private static ModelPlace Folder(string folder)
    {
        if (SafetensorsWeights.In(folder))
        {
            return new(ModelKind.HuggingFace, folder);
        }
        string[] files;
        try
        {
            files = [.. Directory.GetFiles(folder, "*.gguf").Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{folder}: cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
        return files.Length switch
        {
            1 => new(ModelKind.Gguf, files[0]),
            0 when File.Exists(System.IO.Path.Combine(folder, ModelLoader.Config)) => new(ModelKind.HuggingFace, folder),
            0 => throw new ModelException($"{folder}: no model in it; expected {ModelLoader.Config} with {SafetensorsWeights.SingleFile}, or one GGUF file"),
            _ => throw new ModelException($"{folder}: {files.Length} GGUF files; name one: {string.Join(", ", files.Select(System.IO.Path.GetFileName))}"),
        };
    }
}
