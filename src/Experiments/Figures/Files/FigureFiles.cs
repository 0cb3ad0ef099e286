using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Files;

/// <summary>A figure's files: the SVG, its data and a gnuplot script. Those that are as they should be are left alone, their images with them.</summary>
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
        return [.. drawn.Select(one => Path.Combine(folder, $"{one.Figure.Name}.svg"))];
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
