namespace Cortex.Runtime.Engines.Forward;

/// <summary>How KV is stored on the device.</summary>
public enum KvType : byte
{
    /// <summary>32-bit numbers.</summary>
    F32,

    /// <summary>Half the memory; logits then hold the tolerance of bfloat16 activations only.</summary>
    Bf16,
}

/// <summary>The sizes of a pool of KV.</summary>
/// <param name="Layers">Layers of the model; a block has room for all of them.</param>
/// <param name="Heads">Key and value heads.</param>
/// <param name="HeadDim">Numbers in a head.</param>
/// <param name="BlockSize">Tokens in a block, at least 1.</param>
/// <param name="Type">How each number is stored.</param>
public readonly record struct KvLayout(int Layers, int Heads, int HeadDim, int BlockSize, KvType Type)
{
    /// <summary>Bytes of one number.</summary>
    public int ElementBytes => Type == KvType.F32 ? 4 : 2;

    /// <summary>Bytes of one block: keys and values of all layers and heads, without gaps.</summary>
    public long BlockBytes => 2L * Layers * Heads * HeadDim * BlockSize * ElementBytes;
}

/// <summary>The KV pool of a device. How a block looks inside is the device's own affair; outside it is a run of bytes that is only copied.</summary>
/// <param name="layout">Its sizes.</param>
/// <param name="blocks">Blocks, numbered from 0.</param>
public abstract class KvPool(KvLayout layout, int blocks) : IDisposable
{
    /// <summary>Its sizes.</summary>
    public KvLayout Layout => layout;

    /// <summary>Blocks, numbered from 0.</summary>
    public int Blocks => blocks;

    /// <summary>Copies a block over another one.</summary>
    public abstract void Copy(int source, int target);

    /// <summary>Brings a block to the host.</summary>
    /// <param name="into"><see cref="KvLayout.BlockBytes"/> long.</param>
    public abstract void Read(int block, Span<byte> into);

    /// <summary>Takes a block from the host.</summary>
    /// <param name="bytes"><see cref="KvLayout.BlockBytes"/> long, as <see cref="Read"/> gave them.</param>
    public abstract void Write(int block, ReadOnlySpan<byte> bytes);

    public abstract void Dispose();
}
