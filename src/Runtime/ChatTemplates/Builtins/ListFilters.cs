namespace Cortex.Runtime.ChatTemplates;

/// <summary>Filters over lists and dicts.</summary>
internal static class ListFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>(StringComparer.Ordinal)
    {
        ["list"] = Of(items => items.ToList()),
        ["first"] = Of(items => items.Count > 0 ? items[0] : new Undefined("No first item, sequence was empty.")),
        ["last"] = Of(items => items.Count > 0 ? items[^1] : new Undefined("No last item, sequence was empty.")),
        ["reverse"] = (value, arguments) =>
        {
            arguments.None();
            List<object?> items = [.. Operations.Items(value).Reverse()];
            return value is string ? string.Concat(items) : items;
        },
        ["join"] = Join,
        ["items"] = (value, arguments) =>
        {
            arguments.None();
            return value is Undefined ? new List<object?>()
                : value is Mapping map ? CollectionMethods.Pairs(map)
                : throw new TemplateFault("Can only get item pairs from a mapping.");
        },
        ["dictsort"] = DictSort,
        ["sort"] = Sort,
        ["unique"] = Unique,
        ["sum"] = (value, arguments) =>
        {
            object?[] given = arguments.Bind(["attribute", "start"], null, 0L);
            return Operations.Items(value).Select(item => SelectionFilters.Part(item, given[0])).Aggregate(given[1], Operations.Add);
        },
        ["min"] = (value, arguments) => Extreme(value, arguments, -1),
        ["max"] = (value, arguments) => Extreme(value, arguments, 1),
    };

    private static Filter Of(Func<IReadOnlyList<object?>, object?> change) => (value, arguments) =>
    {
        arguments.None();
        return change(Operations.Items(value));
    };

    private static string Join(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["d", "attribute"], "", null);
        return string.Join(PythonText.Str(given[0]), Operations.Items(value).Select(item => PythonText.Str(SelectionFilters.Part(item, given[1]))));
    }

    private static List<object?> Sort(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["reverse", "case_sensitive", "attribute"], false, false, null);
        return Sorted(Operations.Items(value), item => Folded(SelectionFilters.Part(item, given[2]), given[1]), Operations.IsTrue(given[0]));
    }

    private static List<object?> DictSort(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["case_sensitive", "by", "reverse"], false, "key", false);
        Mapping map = value as Mapping ?? throw new TemplateFault("dictsort needs a dict");
        int part = given[1] switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw new TemplateFault("You can only sort by either \"key\" or \"value\""),
        };
        return Sorted(CollectionMethods.Pairs(map), pair => Folded(((object?[])pair!)[part], given[0]), Operations.IsTrue(given[2]));
    }

    private static List<object?> Unique(object? value, Arguments arguments)
    {
        object?[] given = arguments.Bind(["case_sensitive", "attribute"], false, null);
        List<object?> kept = [], seen = [];
        foreach (object? item in Operations.Items(value))
        {
            object? key = Folded(SelectionFilters.Part(item, given[1]), given[0]);
            if (!seen.Any(other => Operations.AreEqual(other, key)))
            {
                seen.Add(key);
                kept.Add(item);
            }
        }
        return kept;
    }

    private static object? Extreme(object? value, Arguments arguments, int sign)
    {
        object?[] given = arguments.Bind(["case_sensitive", "attribute"], false, null);
        List<object?> sorted = Sorted(Operations.Items(value), item => Folded(SelectionFilters.Part(item, given[1]), given[0]), descending: sign > 0);
        return sorted.Count > 0 ? sorted[0] : new Undefined("No aggregated item, sequence was empty.");
    }

    // Stable in both directions, as Python's.
    private static List<object?> Sorted(IReadOnlyList<object?> items, Func<object?, object?> key, bool descending)
    {
        Comparer<object?> order = Comparer<object?>.Create((left, right) => Operations.Compare(left, right, "<"));
        try
        {
            return [.. descending ? items.OrderByDescending(key, order) : items.OrderBy(key, order)];
        }
        catch (InvalidOperationException fault) when (fault.InnerException is TemplateFault inner)
        {
            throw new TemplateFault(inner.Message);
        }
    }

    private static object? Folded(object? value, object? caseSensitive) =>
        value is string text && !Operations.IsTrue(caseSensitive) ? text.ToLowerInvariant() : value;
}
