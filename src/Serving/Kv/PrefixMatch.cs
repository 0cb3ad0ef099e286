namespace Cortex.Serving.Kv;

/// <summary>The longest chain of cached blocks that a sequence's tokens begin with. Valid until the index changes; reused by its owner.</summary>
internal sealed class PrefixMatch
{
    /// <summary>Nodes from the root on; all matched whole but perhaps the last.</summary>
    public List<KeyNode> Path { get; } = [];

    /// <summary>Blocks matched of the last node.</summary>
    public int LastBlocks { get; set; }

    /// <summary>Blocks matched.</summary>
    public int Blocks { get; set; }

    /// <summary>Those of them that lie in the free queue.</summary>
    public int FreeBlocks { get; set; }

    public void Clear()
    {
        Path.Clear();
        LastBlocks = 0;
        Blocks = 0;
        FreeBlocks = 0;
    }
}
