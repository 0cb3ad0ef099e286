namespace Cortex.Serving.Parity;

/// <summary>The first decision that two runs took differently, block ids included.</summary>
/// <param name="Number">Decisions that the recorded run took before.</param>
/// <param name="Recorded">What the recorded run decided; null if it decided nothing any more.</param>
/// <param name="Simulated">What the simulated run decided in its place; null if nothing any more.</param>
public sealed record Divergence(long Number, string? Recorded, string? Simulated);
