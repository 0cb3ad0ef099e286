namespace Cortex.Serving.Journal;

/// <summary>Where a replay first went another way.</summary>
/// <param name="Record">Number of the journal's record at which it showed.</param>
/// <param name="Number">How many decisions were equal before.</param>
/// <param name="Expected">The journal's decision, or its fingerprint at the end; null if it has none here.</param>
/// <param name="Got">The replay's decision or fingerprint, or why it took none.</param>
/// <param name="Facts">What the core was told since the last equal decision, in order, closings of batches included.</param>
public sealed record ReplayDifference(long Record, long Number, string? Expected, string Got, IReadOnlyList<string> Facts);
