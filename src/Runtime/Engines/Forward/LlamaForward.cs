using System.Runtime.InteropServices;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>The forward pass of the Llama family, written once for all devices: which kernel runs on what, in which order.</summary>
internal sealed class LlamaForward : IDisposable
{
    private readonly ModelShape shape;
    private readonly IKernels kernels;
    private readonly DeviceModel model;
    private readonly Activations rows;
    private float[] host = [];

    /// <param name="weights">Needed only while this is made, unless the device maps them.</param>
    /// <param name="kernels">The device; not disposed of here.</param>
    public LlamaForward(ModelWeights weights, IKernels kernels)
    {
        shape = weights.Shape;
        this.kernels = kernels;
        model = new(weights, kernels);
        rows = new(shape, kernels);
    }

    /// <summary>Sees everything that is computed, if set.</summary>
    public IForwardObserver? Observer { get; set; }

    /// <summary>Computes a step, writes its KV, and samples behind each of its outputs.</summary>
    /// <param name="step">The step.</param>
    /// <param name="pool">Where KV is read and written.</param>
    /// <param name="likeliest">A token for each of <see cref="StepInputs.Outputs"/>.</param>
    public void Run(StepInputs step, KvPool pool, Span<int> likeliest)
    {
        int tokens = step.Tokens.Count;
        rows.Reserve(tokens, step.Outputs.Count);
        kernels.Begin(step);
        kernels.Embed(model.Embedding, rows.Residual);
        Observe(0, step, rows.Residual, tokens);
        for (int layer = 0; layer < model.Layers.Length; layer++)
        {
            Attention(model.Layers[layer], layer, pool, tokens);
            FeedForward(model.Layers[layer], tokens);
            Observe(layer + 1, step, rows.Residual, tokens);
        }
        if (step.Outputs.Count > 0)
        {
            Output(step, likeliest);
        }
    }

    public void Dispose()
    {
        rows.Dispose();
        model.Dispose();
    }

    private void Attention(DeviceLayer weights, int layer, KvPool pool, int tokens)
    {
        kernels.Normalise(rows.Residual, weights.AttentionNorm, rows.Normed, tokens);
        kernels.Multiply(rows.Normed, weights.Qkv, weights.QkvBias, rows.Qkv, add: false, tokens);
        kernels.RotateAndAppend(rows.Qkv, weights.QueryNorm, weights.KeyNorm, layer, pool);
        kernels.Attend(rows.Qkv, layer, pool, rows.Attended);
        kernels.Multiply(rows.Attended, weights.AttentionOutput, bias: null, rows.Residual, add: true, tokens);
    }

    private void FeedForward(DeviceLayer weights, int tokens)
    {
        kernels.Normalise(rows.Residual, weights.FfnNorm, rows.Normed, tokens);
        kernels.MultiplyGated(rows.Normed, weights.GateUp, rows.Gated);
        kernels.Multiply(rows.Gated, weights.Down, bias: null, rows.Residual, add: true, tokens);
    }

    private void Output(StepInputs step, Span<int> likeliest)
    {
        int outputs = step.Outputs.Count;
        kernels.Gather(rows.Residual, rows.Last);
        kernels.Normalise(rows.Last, model.FinalNorm, rows.LastNormed, outputs);
        Observe(shape.Layers + 1, step, rows.LastNormed, outputs);
        kernels.Multiply(rows.LastNormed, model.Output, bias: null, rows.Logits, add: false, outputs);
        kernels.Argmax(rows.Logits, likeliest);
        Observer?.Logits(step, ToHost(rows.Logits, outputs));
    }

    private void Observe(int stage, StepInputs step, DeviceRows from, int count) => Observer?.Hidden(stage, step, ToHost(from, count));

    private ReadOnlySpan<float> ToHost(DeviceRows from, int count)
    {
        int length = count * from.Columns;
        if (host.Length < length)
        {
            host = new float[length];
        }
        kernels.Read(from, host.AsSpan(0, length));
        return host.AsSpan(0, length);
    }
}
