namespace Cortex.Workloads;

/// <summary>The keys so far of each object that a cursor stands in, for formats in which none may stand twice. Reused from line to line.</summary>
internal sealed class KeysOnce
{
    /// <summary>By depth, from the line's object at 0.</summary>
    private readonly List<Keys> open = [];

    /// <summary>An object begins.</summary>
    /// <param name="depth">How many it stands in, objects and lists.</param>
    /// <param name="what">What it is, for a fault.</param>
    public void Begin(int depth, string what)
    {
        while (open.Count <= depth)
        {
            open.Add(new());
        }
        open[depth].Seen.Clear();
        open[depth].What = what;
    }

    /// <summary>False if the object at this depth has had the key before.</summary>
    public bool Add(int depth, string key) => open[depth].Seen.Add(key);

    /// <summary>What the object at this depth is.</summary>
    public string What(int depth) => open[depth].What;

    private sealed class Keys
    {
        public HashSet<string> Seen { get; } = [];

        public string What { get; set; } = "";
    }
}
