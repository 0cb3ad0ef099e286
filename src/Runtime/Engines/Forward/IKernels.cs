using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines.Forward;

/// <summary>
/// What a device must be able to do so that <see cref="LlamaForward"/> can run a step on it. Weights, activations and KV are opaque: each device makes
/// its own and takes back only those. Calls come from one thread, and each sees what the ones before it wrote; only <see cref="Argmax"/> and
/// <see cref="Read"/> need to wait for the device. Activations are counted in rows, one for each token of the step.
/// </summary>
public interface IKernels : IDisposable
{
    /// <summary>How the attention of a step is to be cut for this device.</summary>
    AttentionTiling Tiling { get; }

    /// <summary>Puts a table from which rows are looked up on the device: the embedding.</summary>
    DeviceTable Table(WeightMatrix weights);

    /// <summary>Puts a projection on the device; several with equally many columns become one, the rows of the first on top.</summary>
    DeviceMatrix Matrix(params ReadOnlySpan<WeightMatrix> stacked);

    /// <summary>Puts the two inner projections of a feed-forward block on the device.</summary>
    DeviceMatrix Gated(WeightMatrix gate, WeightMatrix up);

    /// <summary>Puts vectors on the device, one behind the other.</summary>
    DeviceVector Vector(params ReadOnlySpan<float[]> parts);

    /// <summary>Room for activations; what is in it at first is undefined.</summary>
    DeviceRows Rows(int capacity, int columns);

    /// <summary>Room for the KV of all layers; what is in it at first is undefined, and never read.</summary>
    KvPool Pool(KvLayout layout, int blocks);

    /// <summary>Takes the step's tokens, positions, slots and attention work to the device. All calls up to the next of this are about it.</summary>
    void Begin(StepInputs step);

    /// <summary>The embedding of each token of the step.</summary>
    void Embed(DeviceTable table, DeviceRows into);

    /// <summary>RMSNorm of the first <paramref name="rows"/> rows.</summary>
    void Normalise(DeviceRows from, DeviceVector weight, DeviceRows into, int rows);

    /// <summary>Product of the first <paramref name="rows"/> rows with the transposed weights, plus bias where there is one.</summary>
    /// <param name="add">Added to what is in <paramref name="into"/> (the residual stream) in place of overwriting it.</param>
    void Multiply(DeviceRows from, DeviceMatrix weights, DeviceVector? bias, DeviceRows into, bool add, int rows);

    /// <summary>
    /// Queries and keys of every token are normalised by head, where there are such weights, and rotated by their positions; queries are scaled by
    /// 1/√head; keys and values go to their slots in the pool. Columns of <paramref name="qkv"/>: all query heads, all key heads, all value heads.
    /// </summary>
    void RotateAndAppend(DeviceRows qkv, DeviceVector? queryNorm, DeviceVector? keyNorm, int layer, KvPool pool);

    /// <summary>Attention of the step's queries, rotated and scaled, over the pool, by the step's list of work.</summary>
    void Attend(DeviceRows qkv, int layer, KvPool pool, DeviceRows into);

    /// <summary>silu(from · gateᵀ) × (from · upᵀ) for the first <paramref name="rows"/> rows.</summary>
    /// <param name="weights">As <see cref="Gated"/> made them.</param>
    void MultiplyGated(DeviceRows from, DeviceMatrix weights, DeviceRows into, int rows);

    /// <summary>Copies the rows of <see cref="StepInputs.Outputs"/>, in their order.</summary>
    void Gather(DeviceRows from, DeviceRows into);

    /// <summary>Column of the largest number in each row, the smallest column among equals.</summary>
    void Argmax(DeviceRows logits, Span<int> columns);

    /// <summary>Brings the first rows to the host, as 32-bit numbers, row after row.</summary>
    void Read(DeviceRows from, Span<float> into);
}
