using Cortex.Policies;

namespace Cortex.Experiments.Config;

/// <summary>Puts a value at a dotted key of a tree.</summary>
/// <remarks>
/// Below a list of mappings, a key goes to all of them (<c>cluster.engines.num_blocks</c>), or to the one that is named
/// (<c>cluster.engines.sql.num_blocks</c>). Below a plain word of a policy, the word becomes the mapping's <c>name</c>
/// (<c>policies.isolated.routing.credit</c>).
/// </remarks>
internal static class ConfigPath
{
    /// <returns>A new tree; the old one is unchanged.</returns>
    /// <exception cref="InputException">The way leads through a value, or to an engine that there is not.</exception>
    public static ConfigMap Set(ConfigMap root, string key, SourceMark mark, ConfigNode value) =>
        (ConfigMap)Set(root, key.Split('.'), 0, mark, value);

    private static ConfigNode Set(ConfigNode? node, string[] parts, int depth, SourceMark mark, ConfigNode value)
    {
        if (depth == parts.Length)
        {
            return value;
        }
        switch (node)
        {
            case ConfigMap map:
                string part = parts[depth];
                return map.With(new ConfigEntry(mark, part, Set(map.Find(part), parts, depth + 1, mark, value)));
            case ConfigList list:
                return SetInList(list, parts, depth, mark, value);
            case null when depth == 2 && parts[0] == "cluster" && parts[1] == "engines":
                return SetInList(new ConfigList(mark, [new ConfigMap(mark, [])]), parts, depth, mark, value);
            case null:
            case ConfigScalar { IsEmpty: true }:
                return Set(new ConfigMap(mark, []), parts, depth, mark, value);
            case ConfigScalar word when depth == 3 && parts[0] == "policies":
                return Set(new ConfigMap(mark, [new ConfigEntry(word.Mark, "name", word)]), parts, depth, mark, value);
            default:
                throw new InputException(mark, $"'{string.Join('.', parts[..depth])}' has no keys below it");
        }
    }

    private static ConfigList SetInList(ConfigList list, string[] parts, int depth, SourceMark mark, ConfigNode value)
    {
        string[] names = [.. list.Items.OfType<ConfigMap>().Select(NameOf).OfType<string>()];
        bool named = depth + 1 < parts.Length && names.Length > 0;
        // The only lists of mappings are of engines, no key of which has keys below it.
        if (named && !names.Contains(parts[depth]))
        {
            throw new InputException(mark, NearestName.Unknown("engine", parts[depth], names));
        }
        var items = new List<ConfigNode>();
        foreach (ConfigNode item in list.Items)
        {
            bool meant = !named || (item is ConfigMap map && NameOf(map) == parts[depth]);
            items.Add(meant ? Set(item, parts, named ? depth + 1 : depth, mark, value) : item);
        }
        return list with { Items = items };
    }

    private static string? NameOf(ConfigMap item) => (item.Find("name") as ConfigScalar)?.Text;
}
