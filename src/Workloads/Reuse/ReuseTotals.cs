namespace Cortex.Workloads;

/// <summary>What an infinite cache would find.</summary>
/// <param name="PromptTokens">Tokens of all prompts.</param>
/// <param name="ReusedTokens">Those in the leading run of blocks seen before.</param>
/// <param name="PromptBlocks">Blocks of all prompts, partly filled ones included.</param>
/// <param name="ReusedBlocks">Those in the leading run of blocks seen before.</param>
public readonly record struct ReuseTotals(long PromptTokens, long ReusedTokens, long PromptBlocks, long ReusedBlocks)
{
    /// <summary>Share of reused tokens, 0 to 1.</summary>
    public double TokenShare => (double)ReusedTokens / PromptTokens;

    /// <summary>Share of reused blocks, 0 to 1.</summary>
    public double BlockShare => (double)ReusedBlocks / PromptBlocks;
}
