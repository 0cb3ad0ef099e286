using System.Numerics;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>
/// How values of templates stand in .NET: None is null; bool, long (<see cref="BigInteger"/> beyond it), double, string; a list is a
/// <see cref="List{T}"/>, a tuple an array, a dict a <see cref="Mapping"/>. Names are Python's, since messages of templates' errors are.
/// </summary>
internal static class PythonType
{
    public static string NameOf(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        List<object?> => "list",
        object?[] => "tuple",
        Mapping => "dict",
        Function => "function",
        _ => value.GetType().Name,
    };
}

/// <summary>A dict: members in the order in which they were first set.</summary>
internal sealed class Mapping : OrderedDictionary<object, object?>;

/// <summary>What <c>namespace()</c> makes: the one thing whose members a template may set.</summary>
internal sealed class Namespace
{
    public Dictionary<string, object?> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>Something a template can call.</summary>
internal sealed record Function(string Name, Func<Arguments, object?> Call);
