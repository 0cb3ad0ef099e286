namespace Cortex.Serving;

/// <summary>
/// What an engine has done since the start. Tokens are conserved: <see cref="Tokens"/> + <see cref="HitTokens"/> =
/// <see cref="ReleasedTokens"/> + <see cref="HeldTokens"/>.
/// </summary>
/// <param name="Steps">Steps planned; an empty plan is none.</param>
/// <param name="Tokens">Tokens computed in them.</param>
/// <param name="HitTokens">Tokens found in the cache, over all admissions.</param>
/// <param name="ReleasedTokens">Tokens whose KV was given up: at the end, by an abort or by a preemption.</param>
/// <param name="HeldTokens">Tokens whose KV running calls hold now.</param>
/// <param name="Preemptions">Calls that lost their KV.</param>
public readonly record struct EngineTotals(long Steps, long Tokens, long HitTokens, long ReleasedTokens, long HeldTokens, long Preemptions);
