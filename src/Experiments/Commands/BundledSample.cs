using Cortex.Experiments.Config;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The experiment that comes with the program, with its trace, so that a first result needs no file.</summary>
internal static class BundledSample
{
    /// <summary>The sample if the user named neither an experiment file nor a trace, which is told; else <paramref name="file"/>.</summary>
    /// <param name="file">Null: none was named.</param>
    /// <exception cref="InputException">An override that is not of its form.</exception>
    public static string? Unless(string? file, IReadOnlyList<string> set, IAnsiConsole console)
    {
        if (file is not null || set.Any(text => SetExpression.Parse(text).Key == "workload.trace"))
        {
            return file;
        }
        console.WriteLine($"no experiment named: playing {Place}");
        return Place;
    }

    /// <summary>Beside the program, whatever the current folder.</summary>
    public static string Place { get; } = Path.Combine(AppContext.BaseDirectory, "sample", "experiments", "quickstart.yaml");
}
