using System.Globalization;
using Cortex.Experiments.Config;
using Cortex.Experiments.Details;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>What figures are made from.</summary>
/// <param name="Table">All rows of the experiment.</param>
/// <param name="Details">For each row of the table, those of its repetitions, in their order; of failed ones there are none.</param>
/// <param name="LoadTitle">Title of the load's axis, with its unit.</param>
/// <param name="Note">What holds for every number, such as how far the cost model can be trusted; stands below each figure.</param>
public sealed record ChartData(ResultTable Table, IReadOnlyList<IReadOnlyList<CellDetail>> Details, string LoadTitle, string Note)
{
    /// <summary>In order of first appearance; a policy's place is its colour, in every figure.</summary>
    public IReadOnlyList<string> Policies { get; } = [.. Table.Rows.Select(row => row.Policy).Distinct()];

    /// <summary>The rows at each point of the axes other than the load, with a label that says which; empty if there are no other axes.</summary>
    public IReadOnlyList<(string Label, ResultRow[] Rows)> Groups =>
        [.. Table.Rows.GroupBy(OtherAxes).Select(group => (group.Key, group.ToArray()))];

    /// <summary>Details of the row's repetitions.</summary>
    public IReadOnlyList<CellDetail> DetailsOf(ResultRow row) => Details[Table.Rows.Index().First(one => ReferenceEquals(one.Item, row)).Index];

    /// <summary>As a number.</summary>
    public double Load(ResultRow row) => double.Parse(LoadText(row), CultureInfo.InvariantCulture);

    /// <summary>As written.</summary>
    public string LoadText(ResultRow row) => row.AxisValues[LoadIndex];

    /// <summary>How a policy is drawn.</summary>
    public SeriesStyle Style(string policy, Mark mark)
    {
        int index = Policies.ToList().IndexOf(policy);
        return new SeriesStyle(mark, Palette.Policy(index), index);
    }

    /// <summary>What a figure says below itself: what its own marks mean, and what holds for all.</summary>
    internal string NoteWith(string own) => Note.Length > 0 && own.Length > 0 ? $"{own} {Note}" : own + Note;

    /// <summary>What interval bars are, if any row has them.</summary>
    internal string IntervalNote => Table.Rows.Max(row => row.Repetitions) is var most and > 1
        ? string.Create(CultureInfo.InvariantCulture, $"Mean of {most} repetitions with its 95 % interval.")
        : "";

    /// <summary>Some of the loads of these rows, ascending: all if they are few, else evenly spread with the least and the largest among them.</summary>
    internal IReadOnlyList<string> SomeLoads(IEnumerable<ResultRow> rows, int most)
    {
        string[] all = [.. rows.OrderBy(Load).Select(LoadText).Distinct()];
        return all.Length <= most ? all : [.. Enumerable.Range(0, most).Select(index => all[(int)Math.Round((double)index * (all.Length - 1) / (most - 1))])];
    }

    private int LoadIndex => Table.Axes.ToList().IndexOf(ExperimentLoader.LoadAxis);

    private string OtherAxes(ResultRow row) =>
        string.Join(", ", Table.Axes.Select((axis, index) => axis == ExperimentLoader.LoadAxis ? "" : $"{axis}={row.AxisValues[index]}").Where(text => text.Length > 0));
}
