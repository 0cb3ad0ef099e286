using Cortex.Experiments.Cells;

namespace Cortex.Experiments.Results;

/// <summary>What <c>cortex capacity</c> found for a policy set at a point of the other axes.</summary>
/// <param name="AxisValues">As written, in the order of the axes, the load left out.</param>
/// <param name="Stamp">How far its times can be trusted.</param>
/// <param name="Repetitions">One a seed.</param>
public sealed record CapacityRow(string Policy, IReadOnlyList<string> AxisValues, CostStamp Stamp, IReadOnlyList<CapacityFound> Repetitions)
{
    /// <summary>Capacities as a table: with each, what was measured at it.</summary>
    /// <param name="axes">Dotted keys, the load left out.</param>
    /// <param name="rows">In the order of the table.</param>
    /// <param name="read">The result of a cell; null if it is not there.</param>
    public static ResultTable Table(IReadOnlyList<string> axes, string baseline, IReadOnlyList<CapacityRow> rows, Func<string, CellResult?> read)
    {
        var measured = ResultTable.Of(axes, baseline, [.. rows.Select(row =>
            new RowResults(row.Policy, row.AxisValues, row.Stamp, [.. row.Repetitions.Select(found => found.Key is { } key ? read(key) : null)]))]);
        return measured with
        {
            Metrics = [MetricNames.Capacity, .. measured.Metrics],
            Rows = [.. measured.Rows.Zip(rows, (row, capacity) => row with
            {
                Repetitions = capacity.Repetitions.Count(found => found.Load is not null),
                Metrics = new([KeyValuePair.Create<string, IReadOnlyList<double?>>(MetricNames.Capacity, [.. capacity.Repetitions.Select(found => found.Load)]), .. row.Metrics]),
            })],
        };
    }
}

/// <summary>The end of one search.</summary>
/// <param name="Load">The largest load that met the SLO; 0: none did; null: the search was given up.</param>
/// <param name="Key">Of the cell at that load; null: there is none.</param>
public readonly record struct CapacityFound(ulong Seed, double? Load, string? Key);
