namespace Cortex.Experiments.Cells;

/// <summary>How a cell ended: with a result, or with the reason why there is none.</summary>
public sealed record CellOutcome(PlannedCell Planned, CellResult? Result, string? Failure);
