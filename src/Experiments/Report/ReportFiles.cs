using Cortex.Experiments.Config;
using Cortex.Experiments.Figures.Charts;
using Cortex.Experiments.Figures.Drawing;
using Cortex.Experiments.Figures.Files;
using Cortex.Experiments.Report.Html;
using Cortex.Experiments.Results;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>Figures and <c>report.html</c> of a results folder, from what lies there: the same whether a sweep has just ended or a year has passed.</summary>
internal static class ReportFiles
{
    /// <param name="jobs">Files at a time.</param>
    /// <returns>Cells without a result, a line each: which, and why. What there is of them is left out.</returns>
    /// <exception cref="InputException">The folder holds no results, or cannot be written to.</exception>
    public static IReadOnlyList<string> Write(string folder, int jobs, IAnsiConsole console, CancellationToken cancellation)
    {
        ResultsFolder results = ResultsFolder.Read(folder, jobs);
        WholeFile.RemoveLeftovers(folder);
        WholeFile.RemoveLeftovers(Path.Combine(folder, "figures"));
        var data = new ChartData(results.Table, results.Details, LoadTitle(results));
        IReadOnlyList<FigureSection> sections = results.Capacities is { } capacities ? ExperimentCharts.Of(data, capacities) : ExperimentCharts.Of(data);
        DrawnFigure[] drawn = new DrawnFigure[sections.Sum(section => section.Variants.Count)];
        Figures.Figure[] figures = [.. sections.SelectMany(section => section.Variants).Select(variant => variant.Figure)];
        SideBySide.For(jobs, drawn.Length, index => drawn[index] = new DrawnFigure(figures[index], SvgFigure.Text(figures[index])), cancellation);
        string report = Path.Combine(folder, "report.html");
        IReadOnlyList<string> paths = [];
        SideBySide.Run(
            jobs,
            () => WholeFile.Write(report, new ReportPage(results, sections, drawn.ToDictionary(one => one.Figure.Name, one => one.Svg)).Text()),
            () => paths = FigureFiles.Write(Path.Combine(folder, "figures"), drawn, jobs));
        console.WriteLine($"{report}, {drawn.Length} {(drawn.Length == 1 ? "figure" : "figures")} in {Path.Combine(folder, "figures")}");
        if (FigureImages.Make(paths, jobs, cancellation) is { } fault)
        {
            console.WriteLine(fault);
        }
        return results.Missing;
    }

    private static string LoadTitle(ResultsFolder results) =>
        results.Manifest.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("settings").GetProperty("workload").GetProperty("players").GetString()).Distinct().ToArray() switch
        {
            ["closed"] => "load (users)",
            ["open"] => "load (factor on the recorded rate)",
            _ => "load",
        };
}
