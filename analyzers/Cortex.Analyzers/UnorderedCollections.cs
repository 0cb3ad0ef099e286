using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Cortex.Analyzers;

/// <summary>Which types of the base library promise no order.</summary>
internal static class UnorderedCollections
{
    /// <summary>A priority queue itself cannot be gone through, but its unordered items can.</summary>
    private static readonly ImmutableHashSet<string> Names =
    [
        "Dictionary", "HashSet", "FrozenDictionary", "FrozenSet", "ImmutableDictionary", "ImmutableHashSet", "ConcurrentDictionary", "ConcurrentBag",
        "Hashtable", "IDictionary", "IReadOnlyDictionary", "ISet", "IReadOnlySet", "IImmutableDictionary", "IImmutableSet", "ReadOnlyDictionary",
        "ReadOnlySet", "ConditionalWeakTable", "ILookup", "PriorityQueue",
    ];

    /// <summary>A hash table, an interface that one may stand behind, or the view of a table's keys or values.</summary>
    public static bool IsUnordered(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (IsListed(current.Name, current) || (current.ContainingType is { } table && IsListed(table.Name, table)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>An interface that promises elements one after the other and nothing of a table.</summary>
    public static bool IsSequence(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Interface, Name: "IEnumerable" or "ICollection" or "IReadOnlyCollection" or "IReadOnlyList" or "IList" };

    private static bool IsListed(string name, ITypeSymbol type) =>
        Names.Contains(name) && type.ContainingNamespace?.ToDisplayString().StartsWith("System", System.StringComparison.Ordinal) == true;
}
