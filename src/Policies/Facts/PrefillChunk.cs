namespace Cortex.Policies;

/// <summary>A prompt chunk in a step.</summary>
/// <param name="Before">Tokens whose KV exists before the step, cached ones included.</param>
/// <param name="Tokens">Tokens computed in the step, at least 1.</param>
/// <param name="Recomputed">How many of them, the last ones, follow the prompt: the call had produced them before it was preempted.</param>
/// <param name="Resumes">With this chunk a preempted call that had produced tokens goes on: the step gives it its next one.</param>
public readonly record struct PrefillChunk(int Before, int Tokens, int Recomputed = 0, bool Resumes = false);
