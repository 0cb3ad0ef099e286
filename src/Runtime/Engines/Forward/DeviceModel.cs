using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>A model's weights on a device, packed for as few products as can be: query, key and value in one, gate and up in one.</summary>
internal sealed class DeviceModel : IDisposable
{
    public DeviceModel(ModelWeights weights, IKernels kernels)
    {
        Shape = weights.Shape;
        Embedding = kernels.Table(weights.Embedding);
        Layers = [.. weights.Layers.Select(layer => new DeviceLayer(layer, kernels))];
        FinalNorm = kernels.Vector(weights.FinalNorm);
        Output = kernels.Matrix(weights.Output);
    }

    public ModelShape Shape { get; }

    public DeviceTable Embedding { get; }

    public DeviceLayer[] Layers { get; }

    public DeviceVector FinalNorm { get; }

    public DeviceMatrix Output { get; }

    public void Dispose()
    {
        Embedding.Dispose();
        foreach (DeviceLayer layer in Layers)
        {
            layer.Dispose();
        }
        FinalNorm.Dispose();
        Output.Dispose();
    }
}

/// <summary>One layer's weights on a device.</summary>
internal sealed class DeviceLayer(LayerWeights layer, IKernels kernels) : IDisposable
{
    public DeviceVector AttentionNorm { get; } = kernels.Vector(layer.AttentionNorm);

    public DeviceMatrix Qkv { get; } = kernels.Matrix(layer.Query, layer.Key, layer.Value);

    public DeviceVector? QkvBias { get; } =
        layer is { QueryBias: { } query, KeyBias: { } key, ValueBias: { } value } ? kernels.Vector(query, key, value) : null;

    public DeviceVector? QueryNorm { get; } = layer.QueryNorm is { } norm ? kernels.Vector(norm) : null;

    public DeviceVector? KeyNorm { get; } = layer.KeyNorm is { } norm ? kernels.Vector(norm) : null;

    public DeviceMatrix AttentionOutput { get; } = kernels.Matrix(layer.AttentionOutput);

    public DeviceVector FfnNorm { get; } = kernels.Vector(layer.FfnNorm);

    public DeviceMatrix GateUp { get; } = kernels.Gated(layer.Gate, layer.Up);

    public DeviceMatrix Down { get; } = kernels.Matrix(layer.Down);

    public void Dispose()
    {
        AttentionNorm.Dispose();
        Qkv.Dispose();
        QkvBias?.Dispose();
        QueryNorm?.Dispose();
        KeyNorm?.Dispose();
        AttentionOutput.Dispose();
        FfnNorm.Dispose();
        GateUp.Dispose();
        Down.Dispose();
    }
}
