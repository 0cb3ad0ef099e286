namespace Cortex.Policies;

/// <summary>A prompt chunk in a step.</summary>
/// <param name="Before">Tokens whose KV exists before the step, cached ones included.</param>
/// <param name="Tokens">Tokens computed in the step, at least 1.</param>
public readonly record struct PrefillChunk(int Before, int Tokens);
