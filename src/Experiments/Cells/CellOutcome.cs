namespace Cortex.Experiments.Cells;

/// <summary>How a cell ended: with a result, or with the reason why there is none.</summary>
/// <param name="Took">Time to compute it; null: it was found finished.</param>
public sealed record CellOutcome(PlannedCell Planned, CellResult? Result, string? Failure, TimeSpan? Took = null);
