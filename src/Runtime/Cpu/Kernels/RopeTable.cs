using Cortex.Runtime.Memory;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>
/// Cosines and sines of positions, as far as one has been needed. Angles are computed in 64 bits and only their cosine and sine are rounded: with
/// rounded angles the logits would be several times further from exact ones.
/// </summary>
internal sealed unsafe class RopeTable(RopeFrequencies rope) : IDisposable
{
    private readonly int half = rope.Inverse.Length;
    private AlignedBuffer? table;
    private int positions;

    /// <summary>Makes sure that positions below <paramref name="count"/> are there. Addresses got before are then void.</summary>
    public void Reserve(int count)
    {
        if (count <= positions)
        {
            return;
        }
        int room = Math.Max(count, (int)Math.Min(2L * positions, int.MaxValue));
        AlignedBuffer larger = new(2L * room * half * sizeof(float));
        if (table is not null)
        {
            Buffer.MemoryCopy((float*)table.Address, (float*)larger.Address, larger.Bytes, 2L * positions * half * sizeof(float));
            table.Dispose();
        }
        table = larger;
        for (int position = positions; position < room; position++)
        {
            for (int i = 0; i < half; i++)
            {
                (double sine, double cosine) = Math.SinCos(position * rope.Inverse[i]);
                Cosine(position)[i] = (float)(cosine * rope.AttentionFactor);
                Sine(position)[i] = (float)(sine * rope.AttentionFactor);
            }
        }
        positions = room;
    }

    /// <summary>A cosine for each pair of a head.</summary>
    public float* Cosine(int position) => (float*)table!.Address + 2L * position * half;

    /// <summary>A sine for each pair of a head.</summary>
    public float* Sine(int position) => Cosine(position) + half;

    public void Dispose() => table?.Dispose();
}
