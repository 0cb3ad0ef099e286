using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Cortex.Architecture.Tests;

/// <summary>Policies and the core have no memory outside their objects, so that runs beside each other cannot meet.</summary>
public sealed class StaticStateTests
{
    private const BindingFlags AllStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("Policies")]
    [InlineData("Serving")]
    public void No_static_field_can_change(string project)
    {
        IEnumerable<string> mutable = Assemblies.Load(project).GetTypes()
            .Where(type => !IsGenerated(type))
            .SelectMany(type => type.GetFields(AllStatic))
            .Where(field => !(field.IsLiteral || (field.IsInitOnly && IsImmutable(field.FieldType, []))))
            .Select(field => $"{field.DeclaringType}.{field.Name}");
        Assert.Empty(mutable);
    }

    [Theory]
    [InlineData(typeof(int[]), false)]
    [InlineData(typeof(List<int>), false)]
    [InlineData(typeof(ImmutableArray<int[]>), false)]
    [InlineData(typeof(IReadOnlyList<int>), false)]
    [InlineData(typeof((string, List<int>)), false)]
    [InlineData(typeof(ImmutableArray<(string, Func<int>)>), true)]
    [InlineData(typeof(FrozenDictionary<string, int>), true)]
    [InlineData(typeof(Policies.Instant), true)]
    public void The_check_tells_values_from_state(Type type, bool immutable) => Assert.Equal(immutable, IsImmutable(type, []));

    /// <summary>The compiler's caches of delegates without captures, and its tables of constants.</summary>
    private static bool IsGenerated(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute), false) || type.Name.StartsWith('<');

    /// <summary>Values all the way down: every field read-only and itself a value.</summary>
    private static bool IsImmutable(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Type))
        {
            return true;
        }
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return true;
        }
        if (type.IsGenericType && Immutable.Contains(type.GetGenericTypeDefinition()))
        {
            return type.GetGenericArguments().All(argument => IsImmutable(argument, seen));
        }
        // A value in a read-only place cannot be changed in part; an object can, where a field of it is not read-only.
        return (type.IsValueType || type is { IsSealed: true, IsArray: false })
            && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .All(field => (type.IsValueType || field.IsInitOnly) && IsImmutable(field.FieldType, seen));
    }

    private static readonly Type[] Immutable = [typeof(ImmutableArray<>), typeof(FrozenDictionary<,>), typeof(FrozenSet<>)];
}
