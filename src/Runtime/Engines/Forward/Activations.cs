using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>The activations of a forward pass, kept from step to step and grown when a step is larger than any before.</summary>
internal sealed class Activations(ModelShape shape, IKernels kernels) : IDisposable
{
    private readonly List<DeviceRows> all = [];
    private int tokens;
    private int outputs;

    /// <summary>The residual stream.</summary>
    public DeviceRows Residual { get; private set; } = null!;

    public DeviceRows Normed { get; private set; } = null!;

    public DeviceRows Qkv { get; private set; } = null!;

    public DeviceRows Attended { get; private set; } = null!;

    public DeviceRows Gated { get; private set; } = null!;

    /// <summary>Residual stream of the tokens behind which logits are computed.</summary>
    public DeviceRows Last { get; private set; } = null!;

    public DeviceRows LastAttended { get; private set; } = null!;

    public DeviceRows LastNormed { get; private set; } = null!;

    public DeviceRows Logits { get; private set; } = null!;

    /// <summary>Makes room for a step.</summary>
    public void Reserve(int stepTokens, int stepOutputs)
    {
        if (stepTokens <= tokens && stepOutputs <= outputs)
        {
            return;
        }
        Dispose();
        tokens = Math.Max(tokens, stepTokens);
        outputs = Math.Max(outputs, stepOutputs);
        Residual = Rows(tokens, shape.Hidden);
        Normed = Rows(tokens, shape.Hidden);
        Qkv = Rows(tokens, shape.QueryWidth + 2 * shape.KvWidth);
        Attended = Rows(tokens, shape.QueryWidth);
        Gated = Rows(tokens, shape.Ffn);
        Last = Rows(outputs, shape.Hidden);
        LastAttended = Rows(outputs, shape.QueryWidth);
        LastNormed = Rows(outputs, shape.Hidden);
        Logits = Rows(outputs, shape.Vocabulary);
    }

    public void Dispose()
    {
        all.ForEach(rows => rows.Dispose());
        all.Clear();
    }

    private DeviceRows Rows(int capacity, int columns)
    {
        DeviceRows rows = kernels.Rows(Math.Max(1, capacity), columns);
        all.Add(rows);
        return rows;
    }
}
