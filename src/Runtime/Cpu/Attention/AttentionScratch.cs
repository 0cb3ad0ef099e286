using Cortex.Runtime.Cpu.Products;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>What one thread needs while it works on an attention item.</summary>
internal sealed unsafe class AttentionScratch : IDisposable
{
    private readonly AlignedBuffer memory;

    /// <param name="rows">Most query heads in an item.</param>
    /// <param name="chunk">Positions in a chunk.</param>
    /// <param name="head">Numbers in a head.</param>
    /// <param name="block">Tokens in a block.</param>
    public AttentionScratch(int rows, int chunk, int head, int block)
    {
        Queries = new nint[rows];
        Visible = new int[rows];
        memory = new(sizeof(float) * ((long)rows * (chunk + 2 * head + 4) + 2L * head * block + 64));
        float* at = (float*)memory.Address;
        Scores = Take(ref at, rows * chunk);
        State = Take(ref at, rows * head);
        Chunk = Take(ref at, rows * head);
        Block = Take(ref at, 2 * head * block);
        StateMax = Take(ref at, rows);
        StateSum = Take(ref at, rows);
        ChunkMax = Take(ref at, rows);
        ChunkSum = Take(ref at, rows);
    }

    /// <summary>Address of each row's query.</summary>
    public nint[] Queries { get; }

    /// <summary>How many positions each row sees, from 0.</summary>
    public int[] Visible { get; }

    /// <summary>[row, position in the chunk]: scores, then their exponentials.</summary>
    public float* Scores { get; }

    /// <summary>[row, head]: what came of the chunks so far.</summary>
    public float* State { get; }

    public float* StateMax { get; }

    public float* StateSum { get; }

    /// <summary>[row, head]: what came of this chunk.</summary>
    public float* Chunk { get; }

    public float* ChunkMax { get; }

    public float* ChunkSum { get; }

    /// <summary>A head's keys and values of a block, widened.</summary>
    public float* Block { get; }

    public void Dispose() => memory.Dispose();

    private static float* Take(ref float* at, int count)
    {
        float* taken = at;
        at += count;
        return taken;
    }
}
