namespace Cortex.Runtime.Engines;

/// <summary>One sequence in a step.</summary>
/// <param name="Sequence">The engine's name for it (the call's tag): placeholders stand for what it sampled last.</param>
/// <param name="Start">
/// Position of the first token computed; all before it have KV, or get it from another row of the same step: a prefix is found as soon as it is
/// scheduled. So in every layer the KV of all rows is written before any of them attends.
/// </param>
/// <param name="Tokens">Tokens computed, at least 1; their ids are the next so many of <see cref="StepBatch.TokenIds"/>.</param>
/// <param name="Blocks">Blocks of its table, the next so many of <see cref="StepBatch.BlockIds"/>; they hold at least start + tokens.</param>
/// <param name="Yields">Whether a token is sampled behind its last one.</param>
public readonly record struct BatchRow(int Sequence, int Start, int Tokens, int Blocks, bool Yields);

/// <summary>
/// A step as an engine needs it: every row in full, steady decodes included, with token ids and block tables. Whoever fills it may clear and fill it
/// again once the engine has run it.
/// </summary>
public sealed class StepBatch
{
    /// <summary>In place of a token id: the token that this sequence sampled last. So a step can be handed over before the one before it has ended.</summary>
    public const int Placeholder = -1;

    /// <summary>The sequences, in the order of the plan.</summary>
    public List<BatchRow> Rows { get; } = [];

    /// <summary>Ids of the tokens computed, row after row.</summary>
    public List<int> TokenIds { get; } = [];

    /// <summary>Block tables, row after row, each in order of position.</summary>
    public List<int> BlockIds { get; } = [];

    /// <summary>Empties it, to be filled again.</summary>
    public void Clear()
    {
        Rows.Clear();
        TokenIds.Clear();
        BlockIds.Clear();
    }
}
