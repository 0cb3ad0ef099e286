namespace Cortex.Workloads;

/// <summary>Sums over all calls of a workload, those behind guards included.</summary>
/// <param name="Calls">Number of calls.</param>
/// <param name="PromptTokens">Tokens of all prompts, as the file has them.</param>
/// <param name="OutputTokens">Tokens of all outputs as the file has them: one of 0 counts as 0 here, though the call is played with 1.</param>
public readonly record struct TraceTotals(int Calls, long PromptTokens, long OutputTokens);
