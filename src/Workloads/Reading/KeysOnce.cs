namespace Cortex.Workloads;

/// <summary>
/// The keys so far of each object that a cursor stands in, for formats in which none may stand twice. Reused from line to line, with the keys
/// that it has met, so that one that comes again allocates nothing.
/// </summary>
internal sealed class KeysOnce
{
    /// <summary>Keys remembered at a depth. The formats have few; a trace that names things of its own by keys may have any number.</summary>
    private const int MostRemembered = 1 << 12;

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
        open[depth].Begin(what);
    }

    /// <summary>The key as a text; null if the object at this depth has had it before.</summary>
    public string? Add(int depth, ReadOnlySpan<char> key) => open[depth].Add(key);

    /// <summary>What the object at this depth is.</summary>
    public string What(int depth) => open[depth].What;

    private sealed class Keys
    {
        /// <summary>In which object each was met last.</summary>
        private readonly Dictionary<string, long> lastIn = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> bySpan;
        private long objects;

        public Keys() => bySpan = lastIn.GetAlternateLookup<ReadOnlySpan<char>>();

        public string What { get; private set; } = "";

        public void Begin(string what)
        {
            if (lastIn.Count > MostRemembered)
            {
                lastIn.Clear();
            }
            What = what;
            objects++;
        }

        public string? Add(ReadOnlySpan<char> key)
        {
            bool isTwice = bySpan.TryGetValue(key, out string? known, out long last) && last == objects;
            known ??= key.ToString();
            lastIn[known] = objects;
            return isTwice ? null : known;
        }
    }
}
