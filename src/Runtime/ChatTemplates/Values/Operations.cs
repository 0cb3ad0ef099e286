using System.Numerics;
using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>What Python does with values: truth, equality, order, length, iteration, membership.</summary>
internal static class Operations
{
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        long number => number != 0,
        BigInteger number => !number.IsZero,
        double number => number != 0,
        string text => text.Length > 0,
        Mapping map => map.Count > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        _ => true,
    };

    public static bool AreEqual(object? left, object? right)
    {
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right))
        {
            return Numbers.Compare(left, right) == 0;
        }
        return (left, right) switch
        {
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (Undefined, Undefined) => true,
            (List<object?> a, List<object?> b) => AllEqual(a, b),
            (object?[] a, object?[] b) => AllEqual(a, b),
            (Mapping a, Mapping b) => a.Count == b.Count && a.All(member => b.TryGetValue(member.Key, out object? other) && AreEqual(member.Value, other)),
            _ => ReferenceEquals(left, right),
        };
    }

    /// <summary>Order of two numbers, two strings or two lists; anything else is an error, named by the operator.</summary>
    public static int Compare(object? left, object? right, string sign)
    {
        switch (left, right)
        {
            case (string a, string b):
                return CompareText(a, b);
            case (List<object?>, List<object?>) or (object?[], object?[]):
                (IReadOnlyList<object?> x, IReadOnlyList<object?> y) = ((IReadOnlyList<object?>)left!, (IReadOnlyList<object?>)right!);
                for (int i = 0; i < Math.Min(x.Count, y.Count); i++)
                {
                    if (!AreEqual(x[i], y[i]))
                    {
                        return Compare(x[i], y[i], sign);
                    }
                }
                return x.Count.CompareTo(y.Count);
            case (_, _) when Numbers.IsNumber(left) && Numbers.IsNumber(right):
                return Numbers.Compare(left, right);
            default:
                throw Mismatch(left, right, $"'{sign}' not supported between instances of '{PythonType.NameOf(left)}' and '{PythonType.NameOf(right)}'");
        }
    }

    /// <summary>Characters of a string (code points, as Python counts), items of a list, members of a dict.</summary>
    public static long Length(object? value) => value switch
    {
        string text => Characters.Count(text),
        Mapping map => map.Count,
        IReadOnlyList<object?> list => list.Count,
        Undefined => 0,
        _ => throw new TemplateFault($"object of type '{PythonType.NameOf(value)}' has no len()"),
    };

    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        IReadOnlyList<object?> list => list,
        string text => Characters.Each(text),
        Mapping map => [.. map.Keys],
        Undefined => [],
        _ => throw new TemplateFault($"'{PythonType.NameOf(value)}' object is not iterable"),
    };

    public static bool Contains(object? container, object? item) => (container, item) switch
    {
        (string text, string part) => text.Contains(part, StringComparison.Ordinal),
        (string, Undefined absent) => throw new TemplateFault(absent.Message),
        (string, _) => throw new TemplateFault($"'in <string>' requires string as left operand, not {PythonType.NameOf(item)}"),
        (Mapping map, not null) => map.ContainsKey(item),
        (Mapping, null) => false,
        (IReadOnlyList<object?> list, _) => list.Any(other => AreEqual(other, item)),
        (Undefined, _) => false,
        _ => throw new TemplateFault($"argument of type '{PythonType.NameOf(container)}' is not iterable"),
    };

    public static object? Add(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a + b,
        (List<object?> a, List<object?> b) => (List<object?>)[.. a, .. b],
        (object?[] a, object?[] b) => (object?[])[.. a, .. b],
        (string, not Undefined) => throw new TemplateFault($"can only concatenate str (not \"{PythonType.NameOf(right)}\") to str"),
        (List<object?>, not Undefined) => throw new TemplateFault($"can only concatenate list (not \"{PythonType.NameOf(right)}\") to list"),
        _ => Numbers.Calculate("+", left, right),
    };

    /// <summary>The error for two values that do not go together: an undefined one is named first.</summary>
    public static TemplateFault Mismatch(object? left, object? right, string otherwise) =>
        new((left as Undefined ?? right as Undefined)?.Message ?? otherwise);

    private static bool AllEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => AreEqual(pair.First, pair.Second));

    // By code points, which UTF-16 is not ordered by.
    private static int CompareText(string left, string right)
    {
        StringRuneEnumerator a = left.EnumerateRunes(), b = right.EnumerateRunes();
        while (true)
        {
            (bool more, bool others) = (a.MoveNext(), b.MoveNext());
            if (!more || !others)
            {
                return more.CompareTo(others);
            }
            if (a.Current != b.Current)
            {
                return a.Current.CompareTo(b.Current);
            }
        }
    }
}
