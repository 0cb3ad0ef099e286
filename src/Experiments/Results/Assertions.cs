using Cortex.Experiments.Config;
using Cortex.Experiments.Config.Expressions;

namespace Cortex.Experiments.Results;

/// <summary>Whether the results are as the user says they must be.</summary>
internal static class Assertions
{
    private const int MostRows = 10;

    /// <summary>Tells of every condition how many rows meet it, and of each row that does not what it has instead; at most ten rows a condition.</summary>
    /// <returns>Whether all hold.</returns>
    public static bool Hold(Experiment experiment, ResultTable table, Action<string> tell, TextWriter errors)
    {
        bool hold = true;
        foreach (Condition condition in experiment.Assertions)
        {
            ResultRow[] failed = [.. table.Rows.Where(row => !condition.Holds(name => RowNames.Value(table.Axes, row, name)))];
            if (failed.Length == 0)
            {
                tell($"assertion holds in all {table.Rows.Count} rows: {condition.Text}");
                continue;
            }
            hold = false;
            errors.WriteLine($"assertion failed in {failed.Length} of {table.Rows.Count} rows: {condition.Text}");
            foreach (ResultRow row in failed.Take(MostRows))
            {
                errors.WriteLine($"  {Describe(table, row)}: {string.Join(", ", condition.Names.Select(name => Value(table, row, name)).OfType<string>())}");
            }
            if (failed.Length > MostRows)
            {
                errors.WriteLine($"  and {failed.Length - MostRows} more");
            }
        }
        return hold;
    }

    private static string Describe(ResultTable table, ResultRow row) =>
        string.Join(", ", table.Axes.Zip(row.AxisValues, (axis, value) => $"{axis}={value}").Prepend(row.Policy));

    /// <summary>Null: a word that stands for itself.</summary>
    private static string? Value(ResultTable table, ResultRow row, string name) => RowNames.Value(table.Axes, row, name) switch
    {
        null => $"{name} was not measured",
        { Number: null } value when value.Text == name => null,
        { } value => $"{name} is {value.Text}",
    };
}
