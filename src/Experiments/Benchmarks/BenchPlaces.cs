using Cortex.Experiments.Config;

namespace Cortex.Experiments.Benchmarks;

/// <summary>Where the inputs of measurements lie. Either folder may be absent; what needs it is skipped then.</summary>
/// <param name="Data">Folder of reference data, with <c>traces/</c> and <c>peers/</c>; null: none.</param>
/// <param name="Solution">Folder of <c>Cortex.Sim.sln</c>, with <c>experiments/</c>; null: none.</param>
public sealed record BenchPlaces(string? Data, string? Solution)
{
    private const string SolutionFile = "Cortex.Sim.sln";

    /// <summary>Environment variable that names the folder of reference data.</summary>
    public const string Variable = "CORTEX_SHARED";

    /// <summary>
    /// The solution is looked for upwards from the current folder, then from the program's. The data are those of <paramref name="data"/>,
    /// else of the environment variable <c>CORTEX_SHARED</c>, else of <c>../shared</c> beside the solution.
    /// </summary>
    /// <exception cref="InputException">The folder that the user named is not there.</exception>
    public static BenchPlaces Find(string? data)
    {
        if (data is not null && !Directory.Exists(data))
        {
            throw new InputException($"--data {data}: there is no such folder; allowed: a folder with traces/ and peers/");
        }
        string? solution = Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory);
        string? place = data
            ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null)
            ?? (solution is null ? null : Path.Combine(solution, "..", "shared"));
        return new BenchPlaces(place is null ? null : Path.GetFullPath(place), solution);
    }

    private static string? Above(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }
        return null;
    }
}
