namespace Cortex.Runtime.ChatTemplates;

/// <summary>Methods of Python's dict and list that change nothing.</summary>
internal static class CollectionMethods
{
    /// <summary>A method of a dict; null if there is none of that name.</summary>
    public static Function? Find(Mapping map, string name) => name switch
    {
        "items" => new("dict.items", arguments => None(arguments, () => Pairs(map))),
        "keys" => new("dict.keys", arguments => None(arguments, () => map.Keys.ToList<object?>())),
        "values" => new("dict.values", arguments => None(arguments, () => map.Values.ToList())),
        "get" => new("dict.get", arguments => arguments.Bind(["key", "default"], (object?)null) is var given
            && given[0] is { } key && map.TryGetValue(key, out object? value) ? value : given[1]),
        _ => null,
    };

    /// <summary>A method of a list or tuple; null if there is none of that name.</summary>
    public static Function? Find(IReadOnlyList<object?> list, string name) => name switch
    {
        "count" => new("list.count", arguments => arguments.Bind(["value"])[0] is var value ? (long)list.Count(item => Operations.AreEqual(item, value)) : 0L),
        "index" => new("list.index", arguments =>
        {
            object? value = arguments.Bind(["value"])[0];
            for (int i = 0; i < list.Count; i++)
            {
                if (Operations.AreEqual(list[i], value))
                {
                    return (long)i;
                }
            }
            throw new TemplateFault($"{PythonText.Repr(value)} is not in list");
        }),
        _ => null,
    };

    /// <summary>Keys and values, as tuples.</summary>
    public static List<object?> Pairs(Mapping map) => [.. map.Select(member => new object?[] { member.Key, member.Value })];

    private static object? None(Arguments arguments, Func<object?> call)
    {
        arguments.None();
        return call();
    }
}
