namespace Cortex.Runtime.Cpu.Products;

/// <summary>What a product needs of vectors, so that one text serves all widths. Every operation acts on each lane by itself: no result depends on the width.</summary>
/// <typeparam name="V">A vector of 32-bit floats.</typeparam>
internal unsafe interface ISimd<V>
    where V : unmanaged
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of a batch whose sums fit into the registers, two vectors each.</summary>
    static abstract int MaxRows { get; }

    static abstract V Load(float* from);

    static abstract void Store(V vector, float* to);

    static abstract V Broadcast(float value);

    /// <summary>a × b + sum, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V sum);

    static abstract V Add(V a, V b);

    /// <summary>x ÷ (1 + e⁻ˣ) × up.</summary>
    static abstract V SiluTimes(V x, V up);

    /// <summary>Two vectors from as many 32-bit words: bf16 numbers in the lower halves, and in the upper ones.</summary>
    static abstract void Widen(byte* words, out V low, out V high);
}
