namespace Cortex.Testing;

/// <summary>
/// The folder of shared reference data (traces, peers' decisions, oracles). Its place is the environment variable
/// <c>CORTEX_SHARED</c>; without it, <c>../shared</c> beside the folder of <c>Cortex.Sim.sln</c>. It may be absent.
/// </summary>
public static class Shared
{
    /// <summary>The folder of the solution, found upwards from the test assembly.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests do not run below the solution.</exception>
    public static string Solution { get; } = FindSolution();

    /// <summary>Full path of the shared folder.</summary>
    public static string Folder { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("CORTEX_SHARED") is { Length: > 0 } place ? place : Path.Combine(Solution, "..", "shared"));

    /// <summary>Full path of <paramref name="name"/>, given relative to the shared folder with forward slashes.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Whether a file or a folder is there. A last part with a star, such as <c>peers/vllm/*.jsonl.gz</c>, asks for at least one
    /// such file in the folder or below it.
    /// </summary>
    public static bool Has(string need)
    {
        string last = Path.GetFileName(need);
        return last.Contains('*')
            ? Files(Path.GetDirectoryName(need)!, last).Count > 0
            : Path.Exists(PathOf(need));
    }

    /// <summary>
    /// The files of a shared folder and its subfolders that match a pattern: paths relative to that folder, with forward slashes, in
    /// ordinal order. Empty if the folder is absent.
    /// </summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        string root = PathOf(folder);
        if (!Directory.Exists(root))
        {
            return [];
        }
        string[] names =
        [
            .. Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')),
        ];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>The first of <paramref name="needs"/> that is missing, as a reason to skip; null if all are there.</summary>
    internal static string? Missing(string[] needs) =>
        needs.FirstOrDefault(need => !Has(need)) is { } absent
            ? $"needs {PathOf(absent)} (set CORTEX_SHARED to the folder of shared reference data)"
            : null;

    private static string FindSolution()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cortex.Sim.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"no Cortex.Sim.sln above {AppContext.BaseDirectory}");
    }
}
