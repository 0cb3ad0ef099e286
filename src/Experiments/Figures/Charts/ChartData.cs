using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Details;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>What figures are made from.</summary>
/// <param name="Table">All rows of the experiment.</param>
/// <param name="Details">For each row of the table, those of its repetitions, in their order; of failed ones there are none.</param>
/// <param name="LoadTitle">Title of the load's axis, with its unit.</param>
public sealed record ChartData(ResultTable Table, IReadOnlyList<IReadOnlyList<CellDetail>> Details, string LoadTitle)
{
    /// <summary>In order of first appearance; a policy's place is its colour, in every figure.</summary>
    public IReadOnlyList<string> Policies { get; } = [.. Table.Rows.Select(row => row.Policy).Distinct()];

    /// <summary>The rows at each point of the axes other than X, with a label that says which; empty if no other axis varies.</summary>
    public IReadOnlyList<(string Label, ResultRow[] Rows)> Groups => [.. Table.Rows.GroupBy(OtherAxes).Select(group => (group.Key, group.ToArray()))];

    /// <summary>Whether there is an axis to draw against.</summary>
    public bool HasX => Varies(Table, XIndex);

    /// <summary>What X is, such as <c>load</c>.</summary>
    public string XName => ShortName(XIndex);

    /// <summary>The same with its unit.</summary>
    public string XTitle => XIndex == LoadIndex ? LoadTitle : XName;

    /// <summary>Details of the row's repetitions.</summary>
    public IReadOnlyList<CellDetail> DetailsOf(ResultRow row) => Details[Table.Rows.Index().First(one => ReferenceEquals(one.Item, row)).Index];

    /// <summary>As a number.</summary>
    public double X(ResultRow row) => double.Parse(XText(row), CultureInfo.InvariantCulture);

    /// <summary>As written.</summary>
    public string XText(ResultRow row) => row.AxisValues[XIndex];

    /// <summary>How a policy is drawn.</summary>
    public SeriesStyle Style(string policy, Mark mark)
    {
        int index = Policies.ToList().IndexOf(policy);
        return new SeriesStyle(mark, Palette.Policy(index), index);
    }

    /// <summary>How far the times of some rows can be trusted, each kind once.</summary>
    internal static IReadOnlyList<CostStamp> StampsOf(IEnumerable<ResultRow> rows) => [.. rows.Select(row => row.Stamp).Distinct()];

    /// <summary>How many repetitions stand behind the points, and what their intervals are, if they have any.</summary>
    internal string RepetitionNote(IEnumerable<FigurePoint> points)
    {
        int most = Table.Rows.Max(row => row.Repetitions);
        bool anyInterval = points.Any(point => point.Low is not null || point.High is not null || point.XLow is not null);
        return most > 1
            ? string.Create(CultureInfo.InvariantCulture, $"Mean of {(Table.Rows.Any(row => row.Repetitions > 0 && row.Repetitions < most) ? "up to " : "")}{most} repetitions{(anyInterval ? " with its 95 % interval" : "")}.")
            : $"One repetition{(anyInterval ? ", with 95 % intervals by batches" : "")}.";
    }

    /// <summary>Some of the values of X in these rows, ascending: all if they are few, else evenly spread with the least and the largest among them.</summary>
    internal IReadOnlyList<string> SomeOfX(IEnumerable<ResultRow> rows, int most)
    {
        string[] all = [.. rows.OrderBy(X).Select(XText).Distinct()];
        return all.Length <= most ? all : [.. Enumerable.Range(0, most).Select(index => all[(int)Math.Round((double)index * (all.Length - 1) / (most - 1))])];
    }

    private int LoadIndex { get; } = LoadOf(Table);

    /// <summary>The load, if it varies; else the first axis of numbers that does.</summary>
    private int XIndex { get; } = Enumerable.Range(0, Table.Axes.Count).Prepend(LoadOf(Table)).FirstOrDefault(axis => Varies(Table, axis) && IsNumber(Table, axis), LoadOf(Table));

    private static int LoadOf(ResultTable table) => table.Axes.ToList().IndexOf(ExperimentLoader.LoadAxis);

    private static bool Varies(ResultTable table, int axis) => table.Rows.Select(row => row.AxisValues[axis]).Distinct().Count() > 1;

    private static bool IsNumber(ResultTable table, int axis) =>
        table.Rows.All(row => double.TryParse(row.AxisValues[axis], NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    /// <summary>The last part of the axis' key, if no other axis has the same.</summary>
    private string ShortName(int axis)
    {
        string[] names = [.. Table.Axes.Select(key => key[(key.LastIndexOf('.') + 1)..])];
        return names.Count(name => name == names[axis]) == 1 ? names[axis] : Table.Axes[axis];
    }

    private string OtherAxes(ResultRow row)
    {
        int x = XIndex;
        return string.Join(", ", Enumerable.Range(0, Table.Axes.Count).Where(axis => axis != x && Varies(Table, axis)).Select(axis => $"{ShortName(axis)}={row.AxisValues[axis]}"));
    }
}
