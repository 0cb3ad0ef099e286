using System.Xml.Linq;

namespace Cortex.Architecture.Tests;

/// <summary>The sources that this test assembly was built from.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The layers: each project under <c>src/</c> and what it may reference. Arrows point down only.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Layers = new SortedDictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Policies"] = [],
        ["Serving"] = ["Policies"],
        ["Workloads"] = ["Policies"],
        ["CostModels"] = ["Policies"],
        ["Sim"] = ["CostModels", "Serving", "Workloads"],
        ["Runtime"] = ["CostModels", "Serving", "Workloads"],
        ["Experiments"] = ["Runtime", "Sim"],
        ["Cli"] = ["Experiments"],
    };

    /// <summary>Files of the repository below <paramref name="folder"/>, relative to the root, without build outputs.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or ".git"))
            .Order(StringComparer.Ordinal);

    public static XDocument Xml(string path) => XDocument.Load(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cortex.Sim.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("Cortex.Sim.sln stands in no folder above the test assembly.");
    }
}
