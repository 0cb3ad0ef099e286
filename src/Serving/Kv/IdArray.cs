namespace Cortex.Serving.Kv;

/// <summary>Block ids that several runs may share. Once no run does, <see cref="RunPool"/> gives the array to another table.</summary>
internal sealed class IdArray(int capacity)
{
    public readonly int[] Ids = new int[capacity];

    /// <summary>Runs whose ids stand here.</summary>
    public int Runs;

    /// <summary>While it is spare: the one that was given back before it.</summary>
    public IdArray? NextSpare;
}
