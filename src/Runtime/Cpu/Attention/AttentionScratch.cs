using Cortex.Runtime.Memory;

namespace Cortex.Runtime.Cpu.Attention;

/// <summary>What one thread needs while it works on an attention item.</summary>
internal sealed unsafe class AttentionScratch : IDisposable
{
    // Rows of scores do not begin at equal places of the cache's sets, or storing a column would push itself out.
    private const int Shift = 16;

    private readonly AlignedBuffer memory;

    /// <param name="rows">Most query heads in an item.</param>
    /// <param name="chunk">Positions in a chunk.</param>
    /// <param name="strip">Positions in a strip.</param>
    /// <param name="head">Numbers in a head.</param>
    public AttentionScratch(int rows, int chunk, int strip, int head)
    {
        rows = (rows + 7) / 8 * 8;
        ScoreStride = (chunk + (AttentionKernel.MaxStrips - 1) * strip + AttentionKernel.FillUp - 1) / AttentionKernel.FillUp * AttentionKernel.FillUp + Shift;
        Visible = new int[rows];
        Strips = new nint[chunk / strip];
        memory = new(sizeof(float) * (long)rows * (ScoreStride + 3 * head + 4));
        float* at = (float*)memory.Address;
        Queries = Take(ref at, rows * head);
        Scores = Take(ref at, rows * ScoreStride);
        State = Take(ref at, rows * head);
        Chunk = Take(ref at, rows * head);
        StateMax = Take(ref at, rows);
        StateSum = Take(ref at, rows);
        ChunkMax = Take(ref at, rows);
        ChunkSum = Take(ref at, rows);
    }

    /// <summary>Rows in a group, for this item.</summary>
    public int GroupRows { get; set; }

    /// <summary>Groups of this item.</summary>
    public int Groups { get; set; }

    /// <summary>Rows of this item, those that fill up the last group included.</summary>
    public int Rows => GroupRows * Groups;

    /// <summary>Group after group, each [head, row].</summary>
    public float* Queries { get; }

    /// <summary>How many positions each row sees, from 0.</summary>
    public int[] Visible { get; }

    /// <summary>Address of each strip's keys in this chunk.</summary>
    public nint[] Strips { get; }

    /// <summary>[row, position in the chunk]: scores, then their exponentials.</summary>
    public float* Scores { get; }

    /// <summary>From row to row of scores.</summary>
    public int ScoreStride { get; }

    /// <summary>[row, head]: what came of the chunks so far.</summary>
    public float* State { get; }

    public float* StateMax { get; }

    public float* StateSum { get; }

    /// <summary>[row, head]: what came of this chunk.</summary>
    public float* Chunk { get; }

    public float* ChunkMax { get; }

    public float* ChunkSum { get; }

    public void Dispose() => memory.Dispose();

    private static float* Take(ref float* at, int count)
    {
        float* taken = at;
        at += count;
        return taken;
    }
}
