namespace Cortex.Runtime.ChatTemplates;

/// <summary>Members, elements and slices of values.</summary>
internal static class Members
{
    /// <summary><c>value.name</c>: a method or property, else the member of a dict.</summary>
    public static object? Attribute(object? value, string name) =>
        value is Loop loop ? loop.Attribute(name)
        : Property(value, name) is { } found ? found
        : value is Mapping map && map.TryGetValue(name, out object? member) ? member
        : value is Undefined absent ? throw new TemplateFault(absent.Message)
        : value is Namespace space && space.Members.TryGetValue(name, out object? held) ? held
        : Undefined.Attribute(value, name);

    /// <summary><c>value[key]</c>: an element, else a method or property.</summary>
    public static object? Element(object? value, object? key)
    {
        switch (value, key)
        {
            case (Undefined absent, _):
                throw new TemplateFault(absent.Message);
            case (_, Undefined absent):
                throw new TemplateFault(absent.Message);
            case (Mapping map, not null) when map.TryGetValue(key, out object? member):
                return member;
            case (_, string name):
                return Attribute(value, name);
            case (string or IReadOnlyList<object?>, bool or long):
                IReadOnlyList<object?> items = Operations.Items(value);
                long index = (long)Numbers.ToInteger(key);
                index += index < 0 ? items.Count : 0;
                return index >= 0 && index < items.Count ? items[(int)index] : Undefined.Element(value, key);
            default:
                return Undefined.Element(value, key);
        }
    }

    /// <summary><c>value[start:stop:step]</c>; null for a part left out.</summary>
    public static object? Slice(object? value, object? start, object? stop, object? step)
    {
        if (value is not (string or IReadOnlyList<object?>))
        {
            throw new TemplateFault((value as Undefined)?.Message ?? $"'{PythonType.NameOf(value)}' object cannot be sliced");
        }
        IReadOnlyList<object?> items = Operations.Items(value);
        int by = step is null ? 1 : Numbers.ToIndex(step);
        if (by == 0)
        {
            throw new TemplateFault("slice step cannot be zero");
        }
        (int least, int most) = by > 0 ? (0, items.Count) : (-1, items.Count - 1);
        long from = Bound(start, by > 0 ? least : most), to = Bound(stop, by > 0 ? most : least);
        List<object?> taken = [];
        for (long at = from; by > 0 ? at < to : at > to; at += by)
        {
            taken.Add(items[(int)at]);
        }
        return value switch
        {
            string => string.Concat(taken),
            object?[] => taken.ToArray(),
            _ => taken,
        };

        long Bound(object? bound, int otherwise)
        {
            if (bound is null)
            {
                return otherwise;
            }
            long at = Numbers.ToIndex(bound);
            return Math.Clamp(at < 0 ? at + items.Count : at, least, most);
        }
    }

    private static Function? Property(object? value, string name) => value switch
    {
        string text => StringMethods.Find(text, name),
        Mapping map => CollectionMethods.Find(map, name),
        IReadOnlyList<object?> list => CollectionMethods.Find(list, name),
        _ => null,
    };
}
