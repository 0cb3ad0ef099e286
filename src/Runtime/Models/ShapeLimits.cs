namespace Cortex.Runtime.Models;

/// <summary>What a shape may be. The limits are far above any model of these families; they keep a corrupt number from becoming a huge request for memory.</summary>
internal static class ShapeLimits
{
    public const int Layers = 4096;
    public const int Width = 1 << 20;
    public const int Heads = 1 << 12;
    public const int HeadDim = 1 << 10;
    public const int Vocabulary = 1 << 24;

    /// <summary>Heads come in pairs of numbers, and query heads in equal groups.</summary>
    /// <param name="place">What messages call the configuration.</param>
    /// <param name="heads">Query heads.</param>
    /// <param name="kvHeads">Key and value heads.</param>
    /// <param name="headDim">Numbers in a head.</param>
    /// <exception cref="ModelException">They are not so.</exception>
    public static void CheckHeads(string place, int heads, int kvHeads, int headDim)
    {
        if (headDim is < 2 or > HeadDim || headDim % 2 != 0)
        {
            throw new ModelException($"{place}: the size of a head must be an even number from 2 to {HeadDim}, is {headDim}");
        }
        if (heads % kvHeads != 0)
        {
            throw new ModelException($"{place}: {heads} query heads cannot share {kvHeads} key and value heads equally");
        }
    }
}
