using System.Reflection;

namespace Cortex.Runtime.Models;

/// <summary>Shapes that come with the program, each a <c>config.json</c> without weights, found by name.</summary>
public static class NamedShapes
{
    private const string Prefix = "models/";
    private const string Ending = ".json";

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="ModelException">No shape has this name.</exception>
    public static ModelShape Find(string name)
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Ending)
            ?? throw new ModelException($"random:{Shown.Quoted(name)}: unknown shape; known are {string.Join(", ", Names)}");
        byte[] bytes = new byte[data.Length];
        data.ReadExactly(bytes);
        return ModelConfig.Shape(new($"random:{name}", JsonText.Parse(name, bytes)));
    }
}
