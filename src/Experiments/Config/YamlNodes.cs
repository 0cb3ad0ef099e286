using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cortex.Experiments.Config;

/// <summary>
/// Makes nodes of YAML's events. Those of an alias are the ones of its anchor, not copies, so that a few lines cannot fill the memory; an anchor is known
/// from its node's end on, so that no node holds itself.
/// </summary>
internal sealed class YamlNodes(IParser events, SourceMark file)
{
    // Experiments need five; the stack, which a program cannot survive the end of, has room for thousands.
    private const int Deepest = 64;

    private readonly Dictionary<AnchorName, ConfigNode> anchored = [];
    private int depth;

    public static SourceMark At(SourceMark file, Mark place) => file with { Line = checked((int)place.Line), Column = checked((int)place.Column) };

    /// <exception cref="InputException">A key that is no word or stands twice, an alias without an anchor before it, or too deep a nest.</exception>
    public ConfigNode Next()
    {
        var begin = events.Consume<ParsingEvent>();
        SourceMark mark = At(file, begin.Start);
        if (begin is AnchorAlias alias)
        {
            return anchored.TryGetValue(alias.Value, out ConfigNode? known)
                ? known
                : throw new InputException(mark, $"no anchor '&{alias.Value}' before '*{alias.Value}'; allowed: an anchor whose value ends earlier in the file");
        }
        if (++depth > Deepest)
        {
            throw new InputException(mark, $"nested too deep; allowed: {Deepest} levels");
        }
        ConfigNode node = begin switch
        {
            Scalar scalar => new ConfigScalar(mark, scalar.Value, scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted),
            SequenceStart => new ConfigList(mark, Items()),
            _ => new ConfigMap(mark, Entries()),
        };
        depth--;
        if (begin is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            anchored[anchor] = node;
        }
        return node;
    }

    private List<ConfigNode> Items()
    {
        var items = new List<ConfigNode>();
        while (!events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Next());
        }
        return items;
    }

    private List<ConfigEntry> Entries()
    {
        var entries = new List<ConfigEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!events.TryConsume<MappingEnd>(out _))
        {
            SourceMark mark = At(file, events.Current!.Start);
            if (Next() is not ConfigScalar { Text: { Length: > 0 } key })
            {
                throw new InputException(mark, "a key must be a plain word");
            }
            if (!keys.Add(key))
            {
                throw new InputException(mark, $"the key '{key}' stands twice in a mapping; allowed: each key once");
            }
            entries.Add(new(mark, key, Next()));
        }
        return entries;
    }
}
