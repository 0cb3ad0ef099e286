using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>What a replay has found.</summary>
/// <param name="Difference">The first decision that differs; null if all are the same.</param>
/// <param name="Facts">Facts replayed.</param>
/// <param name="Batches">Batches that they came in.</param>
/// <param name="Decisions">Equal decisions, by <see cref="DecisionAxis"/>.</param>
/// <param name="Choices">Those of them that had two answers or more.</param>
/// <param name="Fingerprint">Mix over all decisions of the replay.</param>
/// <param name="HasEnded">Whether the journal holds the run to its end.</param>
/// <param name="CutTail">See <see cref="JournalReader.CutTail"/>.</param>
public sealed record ReplayResult(
    ReplayDifference? Difference,
    long Facts,
    long Batches,
    IReadOnlyList<long> Decisions,
    IReadOnlyList<long> Choices,
    ulong Fingerprint,
    bool HasEnded,
    string? CutTail)
{
    public bool IsIdentical => Difference is null;
}
