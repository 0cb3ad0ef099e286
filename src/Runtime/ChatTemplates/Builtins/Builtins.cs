namespace Cortex.Runtime.ChatTemplates;

/// <summary>Filters and tests by name.</summary>
internal static class Builtins
{
    private static readonly Dictionary<string, Filter> Filters = new[] { TextFilters.All, NumberFilters.All, ListFilters.All, SelectionFilters.All }
        .SelectMany(group => group).ToDictionary(StringComparer.Ordinal);

    /// <summary>Names of all filters, for messages.</summary>
    public static string FilterNames { get; } = string.Join(", ", Filters.Keys.Order(StringComparer.Ordinal));

    /// <summary>Names of all tests, for messages.</summary>
    public static string TestNames { get; } = string.Join(", ", Tests.All.Keys.Order(StringComparer.Ordinal));

    public static Filter? Filter(string name) => Filters.GetValueOrDefault(name);

    public static Test? Test(string name) => Tests.All.GetValueOrDefault(name);
}
