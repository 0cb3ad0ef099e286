using System.Globalization;
using System.Text.Json;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Figures.Charts;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Report.Html;

/// <summary>
/// <c>report.html</c>: one page that needs nothing beside it. All of it can be read without its script, on a phone and on paper; the script adds values under
/// the pointer, series on and off, and downloads.
/// </summary>
/// <param name="sections">The figures, in order.</param>
/// <param name="svgs">Their drawings, by name.</param>
internal sealed class ReportPage(ResultsFolder results, IReadOnlyList<FigureSection> sections, IReadOnlyDictionary<string, string> svgs)
{
    private readonly HtmlText html = new();
    private readonly string name = results.Manifest.GetProperty("experiment").GetString()!;

    public string Text()
    {
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Element("title", $"{name} – Cortex.Sim")
            .Raw($"<style>\n{PageParts.Style}</style>\n</head>\n<body>\n<header>\n")
            .Element("h1", name).Element("p", Summary()).Element("p", results.Table.StampSentence, "class=\"stamp\"").Raw("</header>\n");
        Navigation();
        Problems();
        new SettingsPart(html, results.Manifest, results.Table.Rows.Any(row => row.Estimate(MetricNames.SloAttainment) is not null)).Write();
        Section("part-results", "Results");
        if (results.Capacities is { } capacities)
        {
            new TablePart(html, new ComparisonTable(capacities)).Write();
            html.Element("h3", "Every load that was tried");
        }
        new TablePart(html, new ComparisonTable(results.Table)).Write();
        html.Raw("</section>\n");
        Section("part-figures", "Figures");
        html.Element("p", "Click a name in a legend to hide its series, in every figure; point at a mark for its value.", "class=\"script hint\"");
        for (int index = 0; index < sections.Count; index++)
        {
            Figure(sections[index], index);
        }
        html.Raw("</section>\n");
        Section("part-blame", "Where the time of workflows goes");
        new BlamePart(html, results.Table).Write();
        html.Raw("</section>\n");
        Section("part-provenance", "Provenance");
        new ProvenancePart(html, results.Manifest, results.ManifestText).Write();
        return html.Raw($"</section>\n<div id=\"tip\" role=\"status\"></div>\n<script>\n{PageParts.Script}</script>\n</body>\n</html>\n").ToString();
    }

    private void Section(string id, string title) => html.Raw($"<section id=\"{id}\">\n").Element("h2", title);

    private void Navigation() => html.Raw(
        "<nav><a href=\"#part-run\">What was run</a> <a href=\"#part-results\">Results</a> <a href=\"#part-figures\">Figures</a> <a href=\"#part-blame\">Blame</a> <a href=\"#part-provenance\">Provenance</a></nav>\n");

    private string Summary()
    {
        ResultTable table = results.Table;
        int policies = table.Rows.Select(row => row.Policy).Distinct().Count();
        int points = table.Rows.Select(row => string.Join('\n', row.AxisValues)).Distinct().Count();
        int repeat = results.Manifest.GetProperty("repeat").GetInt32();
        long calls = Sum(CountNames.Calls);
        long finished = Sum(CountNames.Finished);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Many(policies, "policy set")} × {Many(points, "point")} × {Many(repeat, "repetition")}; {finished:N0} of {calls:N0} calls in {Sum(CountNames.Workflows):N0} workflows finished.");
    }

    private long Sum(string count) => results.Table.Rows.Sum(row => row.Counts.GetValueOrDefault(count));

    private static string Many(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>What did not go as it should: nothing vanishes.</summary>
    private void Problems()
    {
        (string Count, string What)[] ends =
            [(CountNames.Refused, "refused"), (CountNames.Cancelled, "cancelled"), (CountNames.Failed, "failed"), (CountNames.Unfinished, "unfinished")];
        string[] calls = [.. ends.Where(end => Sum(end.Count) > 0).Select(end => string.Create(CultureInfo.InvariantCulture, $"{Sum(end.Count):N0} calls {end.What}."))];
        string[] all = [.. results.Missing.Select(cell => $"Cell without a result: {cell}"), .. calls];
        if (all.Length > 0)
        {
            html.Raw("<ul class=\"problems\">\n");
            foreach (string problem in all)
            {
                html.Element("li", problem);
            }
            html.Raw("</ul>\n");
        }
    }

    private void Figure(FigureSection section, int index)
    {
        html.Raw($"<figure id=\"section-{index}\">\n").Element("figcaption", section.Title, section.Variants.Count == 1 ? "class=\"unseen\"" : "");
        if (section.Variants.Count > 1)
        {
            html.Raw($"<label class=\"script\">of <select data-variants=\"section-{index}\">\n");
            foreach ((string label, Figures.Figure figure) in section.Variants)
            {
                html.Element("option", label, $"value=\"{figure.Name}\"");
            }
            html.Raw("</select></label>\n");
        }
        foreach ((_, Figures.Figure figure) in section.Variants)
        {
            html.Raw($"<div class=\"variant\" data-figure=\"{figure.Name}\">\n<div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=\"{HtmlText.Escape(figure.Title)}\">\n")
                .Raw(svgs[figure.Name])
                .Raw("</div>\n<div class=\"script buttons\"><button type=\"button\" data-download=\"svg\">SVG</button><button type=\"button\" data-download=\"png\">PNG</button></div>\n</div>\n");
        }
        html.Raw("</figure>\n");
    }
}
