using Cortex.Experiments.Details;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>
/// What the time of each workflow goes into, from the quickest to the slowest, a panel a policy: what makes the slow ones slow. Of the first
/// repetition.
/// </summary>
internal static class WorkflowCharts
{
    private const int MostPoints = 3;
    private const int MostPolicies = 9;

    public static IEnumerable<FigureSection> Of(ChartData data)
    {
        var variants = new List<(string, Figure)>();
        foreach ((string label, ResultRow[] rows) in data.Groups)
        {
            foreach (string x in data.SomeOfX(rows, MostPoints))
            {
                ResultRow[] drawn = [.. rows.Where(row => data.XText(row) == x && data.DetailsOf(row) is [{ Blame.Count: > 0 }, ..]).Take(MostPolicies)];
                if (drawn.Length > 0)
                {
                    string here = label.Length > 0 ? $"{label}, {data.XName} {x}" : $"{data.XName} {x}";
                    variants.Add((here, Draw(data, here, drawn)));
                }
            }
        }
        if (variants.Count > 0)
        {
            yield return new FigureSection("From the quickest workflow to the slowest: where the time goes", variants);
        }
    }

    private static Figure Draw(ChartData data, string label, ResultRow[] rows)
    {
        IReadOnlyList<BlameGroup>[] groups = [.. rows.Select(row => data.DetailsOf(row)[0].Blame)];
        return new Figure(
            $"workflows{FigureSection.Suffix(label)}",
            $"From the quickest workflow to the slowest ({label})",
            new FigureAxis("workflows in order of their time (%)") { Range = (0, 100) },
            new FigureAxis("seconds on the critical path"),
            [.. rows.Select((row, index) => new Panel(row.Policy, Columns(groups[index], groups)))])
        {
            Note = "Finished workflows of the first repetition, in groups of equal size; each column is the mean of its group.",
            Stamps = ChartData.StampsOf(rows),
        };
    }

    private static Series[] Columns(IReadOnlyList<BlameGroup> groups, IReadOnlyList<BlameGroup>[] all)
    {
        double width = 100.0 / groups.Count;
        return
        [
            .. BlameCharts.Parts(Mark.Columns, part => all.Any(some => some.Any(group => group.Seconds[part] > 0)))
                .Select(part => new Series(part.Name, "", part.Style, [.. groups.Select((group, index) => new FigurePoint((index + 0.5) * width, group.Seconds[part.Index]))])),
        ];
    }
}
