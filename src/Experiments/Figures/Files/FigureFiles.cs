using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Files;

/// <summary>A figure's files: the SVG, its data and a gnuplot script. Those that are as they should be are left alone, their images with them; those of an earlier run that there are no more are deleted.</summary>
public static class FigureFiles
{
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="drawn">Each figure with its SVG.</param>
    /// <param name="jobs">Files at a time.</param>
    /// <returns>Paths of the SVGs, in the order given.</returns>
    /// <exception cref="Config.InputException">They cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<DrawnFigure> drawn, int jobs)
    {
        (string Path, Func<string> Text)[] files = [.. drawn.SelectMany(one => Texts(folder, one))];
        SideBySide.For(jobs, files.Length, index => WriteIfChanged(files[index].Path, files[index].Text()));
        RemoveStale(folder, drawn);
        return [.. drawn.Select(one => Path.Combine(folder, $"{one.Figure.Name}.svg"))];
    }

    /// <summary>Figures of an earlier run that this one does not have would be taken for its own. They are known by their script.</summary>
    private static void RemoveStale(string folder, IReadOnlyList<DrawnFigure> drawn)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }
        var current = drawn.Select(one => one.Figure.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string script in Directory.GetFiles(folder, "*.gp").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(script);
            if (!current.Contains(name) && File.ReadLines(script).Skip(1).FirstOrDefault()?.StartsWith($"# gnuplot {name}.gp ", StringComparison.Ordinal) == true)
            {
                foreach (string ending in (string[])["svg", "csv", "png", "pdf", "gnuplot.svg", "gp"])
                {
                    File.Delete(Path.Combine(folder, $"{name}.{ending}"));
                }
            }
        }
    }

    private static IEnumerable<(string, Func<string>)> Texts(string folder, DrawnFigure drawn)
    {
        string path = Path.Combine(folder, drawn.Figure.Name);
        yield return ($"{path}.svg", () => drawn.Svg);
        yield return ($"{path}.csv", () => FigureCsv.Text(drawn.Figure));
        yield return ($"{path}.gp", () => GnuplotScript.Text(drawn.Figure));
    }

    private static void WriteIfChanged(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            WholeFile.Write(path, text);
        }
    }
}

/// <param name="Svg">Its text.</param>
public sealed record DrawnFigure(Figure Figure, string Svg);
