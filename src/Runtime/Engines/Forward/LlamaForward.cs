using System.Runtime.InteropServices;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>The forward pass of the Llama family, written once for all devices: which kernel runs on what, in which order.</summary>
internal sealed class LlamaForward : IDisposable
{
    private readonly IKernels kernels;
    private readonly DeviceModel model;
    private readonly Activations rows;
    private float[] host = [];

    /// <param name="weights">Needed only while this is made, unless the device maps them.</param>
    /// <param name="kernels">The device; not disposed of here.</param>
    public LlamaForward(ModelWeights weights, IKernels kernels)
    {
        this.kernels = kernels;
        model = new(weights, kernels);
        rows = new(weights.Shape, kernels);
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
        int last = model.Layers.Length - 1;
        for (int layer = 0; layer < last; layer++)
        {
            Append(layer, pool, tokens);
            kernels.Attend(rows.Qkv, layer, pool, rows.Attended);
            Finish(layer, rows.Attended, rows.Residual, rows.Normed, tokens);
            Observe(layer + 1, step, rows.Residual, tokens);
        }
        Append(last, pool, tokens);
        if (step.Outputs.Count > 0)
        {
            Output(last, step, pool, likeliest);
        }
    }

    public void Dispose()
    {
        rows.Dispose();
        model.Dispose();
    }

    /// <summary>Queries, keys and values of all tokens, and KV into the pool.</summary>
    private void Append(int layer, KvPool pool, int tokens)
    {
        DeviceLayer weights = model.Layers[layer];
        kernels.Normalise(rows.Residual, weights.AttentionNorm, rows.Normed, tokens);
        kernels.Multiply(rows.Normed, weights.Qkv, weights.QkvBias, rows.Qkv, add: false, tokens);
        kernels.RotateAndAppend(rows.Qkv, weights.QueryNorm, weights.KeyNorm, layer, pool);
    }

    /// <summary>What attention found, and then the feed-forward block, into the residual stream.</summary>
    private void Finish(int layer, DeviceRows attended, DeviceRows residual, DeviceRows normed, int count)
    {
        DeviceLayer weights = model.Layers[layer];
        kernels.Multiply(attended, weights.AttentionOutput, bias: null, residual, add: true, count);
        kernels.Normalise(residual, weights.FfnNorm, normed, count);
        kernels.MultiplyGated(normed, weights.GateUp, rows.Gated, count);
        kernels.Multiply(rows.Gated, weights.Down, bias: null, residual, add: true, count);
    }

    /// <summary>The last layer after its KV, and the logits: only for the tokens behind which they are wanted.</summary>
    private void Output(int layer, StepInputs step, KvPool pool, Span<int> likeliest)
    {
        int outputs = step.Outputs.Count;
        kernels.Attend(rows.Qkv, layer, pool, rows.Attended);
        kernels.Gather(rows.Attended, rows.LastAttended);
        kernels.Gather(rows.Residual, rows.Last);
        Finish(layer, rows.LastAttended, rows.Last, rows.LastNormed, outputs);
        Observe(layer + 1, step, rows.Last, outputs);
        kernels.Normalise(rows.Last, model.FinalNorm, rows.LastNormed, outputs);
        Observe(layer + 2, step, rows.LastNormed, outputs);
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
