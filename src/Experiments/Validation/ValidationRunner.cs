using Cortex.Experiments.Cells;
using Cortex.Experiments.Live;
using Cortex.Experiments.Simulating;

namespace Cortex.Experiments.Validation;

/// <summary>Plays measured cells live, each with a journal, and the others in the simulator.</summary>
/// <param name="journals">Folder for the journals.</param>
internal sealed class ValidationRunner(string journals) : ICellRunner
{
    private readonly SimulatorCellRunner simulator = new();
    private readonly LiveCellRunner live = new() { JournalOf = cell => JournalOf(journals, cell) };

    /// <summary>Where the journal of a live cell is.</summary>
    public static string JournalOf(string folder, ResolvedCell cell)
    {
        string name = string.Join('-', cell.AxisValues.Append(FormattableString.Invariant($"{cell.Repetition + 1}")).Prepend(cell.Policies.Name));
        return Path.Combine(folder, $"{string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'))}.journal");
    }

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
