namespace Cortex.Serving.Kv;

/// <summary>
/// A stretch of one block table whose blocks have the same owners and the same place in the free queue, and either all have a key (then
/// they cover exactly one <see cref="KeyNode"/>) or none. The unit of all bookkeeping: a prompt of 100,000 tokens is a handful of runs.
/// </summary>
internal sealed class BlockRun
{
    /// <summary>Where the ids stand; runs that were one share it.</summary>
    public IdArray Array = null!;

    /// <summary>Block ids in order of position are <c>Ids[Start]</c> … <c>Ids[Start + Count − 1]</c>.</summary>
    public int[] Ids => Array.Ids;

    public int Start;
    public int Count;

    /// <summary>Block tables that hold the run; 0 exactly when it lies in the free queue.</summary>
    public int Owners;

    /// <summary>The content that the run is findable under, or null if its blocks have no key.</summary>
    public KeyNode? Node;

    /// <summary>The next copy of the same content, in order of publication.</summary>
    public BlockRun? NextCopy;

    /// <summary>What was split off behind this run. Owners that held both parts find the second one here.</summary>
    public BlockRun? Rest;

    /// <summary>Neighbours in the free queue.</summary>
    public BlockRun? Earlier, Later;
}
