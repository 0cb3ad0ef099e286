using Cortex.Experiments.Cells;
using Cortex.Experiments.Live;
using Cortex.Experiments.Simulating;

namespace Cortex.Experiments.Validation;

/// <summary>Plays measured cells live, each with a journal, and the others in the simulator.</summary>
internal sealed class ValidationRunner : ICellRunner
{
    private readonly SimulatorCellRunner simulator = new();
    private readonly LiveCellRunner live;

    /// <param name="journals">Folder for the journals.</param>
    /// <param name="cells">All that may be run.</param>
    public ValidationRunner(string journals, IEnumerable<PlannedCell> cells)
    {
        var keys = new Dictionary<ResolvedCell, string>(ReferenceEqualityComparer.Instance);
        foreach (PlannedCell planned in cells)
        {
            keys.Add(planned.Cell, planned.Key);
        }
        live = new() { JournalOf = cell => JournalOf(journals, keys[cell]) };
    }

    /// <summary>Where the journal of a live cell is: by content as the cell itself is, or one would be found finished and its journal be another's.</summary>
    public static string JournalOf(string folder, string key) => Path.Combine(folder, $"{key}.journal");

    public IReadOnlyList<string> Prepare(IReadOnlyList<ResolvedCell> cells, CancellationToken cancellation)
    {
        ResolvedCell[] measured = [.. cells.Where(cell => cell.IsMeasured)], others = [.. cells.Where(cell => !cell.IsMeasured)];
        string[] notes = [.. measured.Length > 0 ? live.Prepare(measured, cancellation) : [], .. others.Length > 0 ? simulator.Prepare(others, cancellation) : []];
        return [.. notes.Distinct()];
    }

    public bool CountsUsers(ResolvedCell cell) => simulator.CountsUsers(cell);

    public CellResult Run(ResolvedCell cell, IRowSink? rows, CancellationToken cancellation) =>
        cell.IsMeasured ? live.Run(cell, rows, cancellation) : simulator.Run(cell, rows, cancellation);
}
