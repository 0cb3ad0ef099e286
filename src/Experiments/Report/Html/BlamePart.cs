using System.Globalization;
using Cortex.Experiments.Results;
using Cortex.Serving;

namespace Cortex.Experiments.Report.Html;

/// <summary>The blame of the mean workflow in numbers: seconds of each part and their share, a row a policy set and point.</summary>
internal sealed class BlamePart(HtmlText html, ResultTable table)
{
    public void Write()
    {
        int[] parts = [.. Enumerable.Range(0, WorkflowBlame.Parts.Length).Where(part => table.Rows.Any(row => Seconds(row, part) > 0))];
        if (parts.Length == 0)
        {
            html.Element("p", "No workflow finished.");
            return;
        }
        html.Element("p", "Mean seconds on the critical path of finished workflows: each part, and its share of the whole.");
        html.Raw("<div class=\"wide\"><table>\n<thead><tr>");
        foreach (string header in (string[])[.. table.Axes.Select(axis => axis[(axis.LastIndexOf('.') + 1)..]), "policy"])
        {
            html.Raw($"<th scope=\"col\" class=\"text\">{HtmlText.Escape(header)}</th>");
        }
        foreach (string header in (string[])[.. parts.Select(part => WorkflowBlame.Parts[part]), "all"])
        {
            html.Raw($"<th scope=\"col\">{header} s</th>");
        }
        html.Raw("</tr></thead>\n<tbody>\n");
        foreach (IGrouping<string, ResultRow> point in table.Rows.GroupBy(row => string.Join('\n', row.AxisValues)))
        {
            bool first = true;
            foreach (ResultRow row in point)
            {
                Row(row, parts, first);
                first = false;
            }
        }
        html.Raw("</tbody></table></div>\n");
    }

    private void Row(ResultRow row, int[] parts, bool beginsPoint)
    {
        html.Raw(beginsPoint ? "<tr class=\"point\">" : "<tr>");
        foreach (string label in (string[])[.. row.AxisValues, row.Policy])
        {
            html.Raw($"<th scope=\"row\" class=\"text\">{HtmlText.Escape(label)}</th>");
        }
        double all = parts.Sum(part => Seconds(row, part) ?? 0);
        foreach (int part in parts)
        {
            double seconds = Seconds(row, part) ?? 0;
            string share = all > 0 ? string.Create(CultureInfo.InvariantCulture, $"<small>{100 * seconds / all:F1} %</small>") : "";
            html.Raw($"<td>{ValueText.WithHalf(seconds, null)}{share}</td>");
        }
        html.Raw($"<td>{ValueText.WithHalf(all, null)}</td></tr>\n");
    }

    private static double? Seconds(ResultRow row, int part) => row.Estimate($"blame_{WorkflowBlame.Parts[part]}_mean_s")?.Mean;
}
