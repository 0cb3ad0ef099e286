namespace Cortex.Runtime.Engines.Forward;

/// <summary>What a device needs to know of a step: plain lists of integers, made once on the host and handed over whole. Filled by <see cref="StepReader"/>.</summary>
public sealed class StepInputs
{
    /// <summary>Token ids, row after row of the batch; placeholders are resolved.</summary>
    public List<int> Tokens { get; } = [];

    /// <summary>Position of each token.</summary>
    public List<int> Positions { get; } = [];

    /// <summary>Where each token's KV goes: block × block size + place in the block.</summary>
    public List<int> Slots { get; } = [];

    /// <summary>Block tables of the batch's rows, one behind the other.</summary>
    public List<int> Blocks { get; } = [];

    /// <summary>Tokens (by place in <see cref="Tokens"/>) behind which logits are computed, in order.</summary>
    public List<int> Outputs { get; } = [];

    /// <summary>The attention work of the step, as <see cref="AttentionPlanner"/> cuts it.</summary>
    public AttentionPlan Attention { get; } = new();

    internal void Clear()
    {
        Tokens.Clear();
        Positions.Clear();
        Slots.Clear();
        Blocks.Clear();
        Outputs.Clear();
        Attention.Clear();
    }
}
