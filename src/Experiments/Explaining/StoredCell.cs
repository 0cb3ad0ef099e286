using Cortex.Experiments.Cells;

namespace Cortex.Experiments.Explaining;

/// <summary>A cell of a results folder, ready to be run again.</summary>
/// <param name="Cell">All that decides its numbers.</param>
/// <param name="Name">For people, such as <c>isolated, workload.load=2, repetition 3</c>.</param>
/// <param name="Fingerprint">Of the decisions of the stored run; null if it failed.</param>
internal sealed record StoredCell(ResolvedCell Cell, string Name, string? Fingerprint);
