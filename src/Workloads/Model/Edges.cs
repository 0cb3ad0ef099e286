namespace Cortex.Workloads;

/// <summary>A list of node tags for each node, all in two arrays: list <c>i</c> is <c>items[starts[i] … starts[i + 1])</c>.</summary>
internal sealed class Edges
{
    private int[] starts = new int[16];
    private int[] items = new int[16];

    /// <summary>Number of lists.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> this[int index] => items.AsSpan(starts[index], starts[index + 1] - starts[index]);

    /// <summary>Appends a list, the one of node <see cref="Count"/>.</summary>
    public void Add(ReadOnlySpan<int> list)
    {
        int start = starts[Count];
        int end = start + list.Length;
        if (Count + 2 > starts.Length)
        {
            Array.Resize(ref starts, starts.Length * 2);
        }
        if (end > items.Length)
        {
            Array.Resize(ref items, Math.Max(end, items.Length * 2));
        }
        list.CopyTo(items.AsSpan(start));
        starts[++Count] = end;
    }

    /// <summary>The edges turned round: list <c>j</c> of the result holds, in ascending order, each <c>i</c> whose list contains <c>j</c>.</summary>
    /// <param name="first">What the nodes of lists count from: the tag of the node of list 0.</param>
    public Edges Reversed(int first)
    {
        Edges reversed = new() { Count = Count, starts = new int[Count + 1], items = new int[starts[Count]] };
        foreach (int to in items.AsSpan(0, starts[Count]))
        {
            reversed.starts[to - first + 1]++;
        }
        for (int i = 0; i < Count; i++)
        {
            reversed.starts[i + 1] += reversed.starts[i];
        }
        int[] next = reversed.starts.AsSpan(0, Count).ToArray();
        for (int from = 0; from < Count; from++)
        {
            foreach (int to in this[from])
            {
                reversed.items[next[to - first]++] = first + from;
            }
        }
        return reversed;
    }
}
