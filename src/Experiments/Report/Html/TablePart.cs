namespace Cortex.Experiments.Report.Html;

/// <summary>The comparison table: the cells of the terminal, and the percentiles for which it has no room.</summary>
internal sealed class TablePart(HtmlText html, ComparisonTable table)
{
    public void Write()
    {
        IReadOnlyList<TableColumn> labels = table.Labels();
        TableColumn[] columns = [.. labels, .. table.Measures(wide: true)];
        html.Raw("<div class=\"wide\"><table>\n<thead><tr>");
        foreach (TableColumn column in columns)
        {
            html.Raw($"<th scope=\"col\"{Align(column)}>{Lines(column.Header)}</th>");
        }
        html.Raw("</tr></thead>\n<tbody>\n");
        IReadOnlyList<bool> begins = table.BeginsPoint;
        for (int row = 0; row < begins.Count; row++)
        {
            html.Raw(begins[row] ? "<tr class=\"point\">" : "<tr>");
            for (int column = 0; column < columns.Length; column++)
            {
                string element = column < labels.Count ? "th scope=\"row\"" : "td";
                html.Raw($"<{element}{Align(columns[column])}>{Lines(columns[column].Cells[row])}</{element[..2]}>");
            }
            html.Raw("</tr>\n");
        }
        html.Raw("</tbody></table></div>\n<ul class=\"notes\">\n");
        foreach (string note in table.Notes())
        {
            html.Element("li", note);
        }
        html.Raw("</ul>\n");
    }

    private static string Align(TableColumn column) => column.IsText ? " class=\"text\"" : column.IsExtra ? " class=\"extra\"" : "";

    /// <summary>The second line of a cell is smaller: what the value means against the baseline.</summary>
    private static string Lines(string text)
    {
        string[] lines = text.Split('\n', 2);
        return lines.Length == 1 ? HtmlText.Escape(text) : $"{HtmlText.Escape(lines[0])}<small>{HtmlText.Escape(lines[1])}</small>";
    }
}
