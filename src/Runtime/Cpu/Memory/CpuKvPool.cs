using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Memory;

namespace Cortex.Runtime.Cpu.Memory;

/// <summary>
/// The pool on the CPU. A block holds, for each layer and head, its keys as [head][token], so that a vector holds one number of several tokens and
/// the scores of a query need no sums across lanes, and its values as [token][head].
/// </summary>
internal sealed unsafe class CpuKvPool(KvLayout layout, int blocks) : KvPool(layout, blocks)
{
    private readonly AlignedBuffer memory = new(layout.BlockBytes * blocks);
    private readonly long headBytes = 2L * layout.HeadDim * layout.BlockSize * layout.ElementBytes;

    /// <summary>Numbers from a head's keys to its values.</summary>
    public int ValuesAt { get; } = layout.HeadDim * layout.BlockSize;

    /// <summary>Where a layer's head begins in a block: its keys, then its values.</summary>
    public byte* Head(int block, int layer, int head) =>
        memory.Address + block * Layout.BlockBytes + ((long)layer * Layout.Heads + head) * headBytes;

    public override void Copy(int source, int target) => Bytes(source).CopyTo(Bytes(target));

    public override void Read(int block, Span<byte> into) => Bytes(block).CopyTo(into);

    public override void Write(int block, ReadOnlySpan<byte> bytes) => bytes.CopyTo(Bytes(block));

    /// <summary>Makes every number of a block not a number, so that whatever reads what was never written shows.</summary>
    public void Poison(int block) => Bytes(block).Fill(0xFF);

    public override void Dispose() => memory.Dispose();

    private Span<byte> Bytes(int block) => new(memory.Address + block * Layout.BlockBytes, checked((int)Layout.BlockBytes));
}
