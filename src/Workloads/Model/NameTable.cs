namespace Cortex.Workloads;

/// <summary>Numbers names in order of their first use. At most 65,536 of them.</summary>
internal sealed class NameTable
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, ushort> indices = [];

    /// <summary>The number of <paramref name="name"/>; throws <see cref="OverflowException"/> for one name too many.</summary>
    public ushort IndexOf(string name)
    {
        if (!indices.TryGetValue(name, out ushort index))
        {
            index = checked((ushort)names.Count);
            names.Add(name);
            indices.Add(name, index);
        }
        return index;
    }

    public string this[int index] => names[index];

    public string[] ToArray() => [.. names];
}
