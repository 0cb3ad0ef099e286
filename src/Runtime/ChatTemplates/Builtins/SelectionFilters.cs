namespace Cortex.Runtime.ChatTemplates;

/// <summary>Filters that choose or change each item of a list.</summary>
internal static class SelectionFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>(StringComparer.Ordinal)
    {
        ["map"] = Map,
        ["select"] = (value, arguments) => Select(value, arguments, byAttribute: false, wanted: true),
        ["reject"] = (value, arguments) => Select(value, arguments, byAttribute: false, wanted: false),
        ["selectattr"] = (value, arguments) => Select(value, arguments, byAttribute: true, wanted: true),
        ["rejectattr"] = (value, arguments) => Select(value, arguments, byAttribute: true, wanted: false),
    };

    /// <summary>The part of an item that an attribute names, with dots between steps and numbers for indexes; the item itself for None.</summary>
    public static object? Part(object? item, object? attribute) => attribute switch
    {
        null => item,
        string path => path.Split('.').Aggregate(item, (value, step) => Members.Element(value, long.TryParse(step, out long index) ? index : step)),
        _ => Members.Element(item, attribute),
    };

    private static List<object?> Map(object? value, Arguments arguments)
    {
        IReadOnlyList<object?> items = Operations.Items(value);
        if (arguments.Positional.Count == 0)
        {
            object?[] given = new Arguments(arguments.Of, [], arguments.Named).Bind(["attribute", "default"], new Undefined(""));
            return [.. items.Select(item => Part(item, given[0]) is var part && part is Undefined && given[1] is not Undefined ? given[1] : part)];
        }
        string name = PythonText.Str(arguments.Positional[0]);
        Filter filter = Builtins.Filter(name) ?? throw new TemplateFault($"filter '{name}' is not supported; allowed: {Builtins.FilterNames}");
        Arguments rest = new($"filter '{name}'", [.. arguments.Positional.Skip(1)], arguments.Named);
        return [.. items.Select(item => filter(item, rest))];
    }

    private static List<object?> Select(object? value, Arguments arguments, bool byAttribute, bool wanted)
    {
        IReadOnlyList<object?> given = arguments.Positional;
        int at = byAttribute ? 1 : 0;
        if (given.Count < at)
        {
            throw new TemplateFault($"{arguments.Of} needs the name of an attribute");
        }
        Func<object?, bool> holds = Operations.IsTrue;
        if (given.Count > at)
        {
            string name = PythonText.Str(given[at]);
            Test test = Builtins.Test(name) ?? throw new TemplateFault($"test '{name}' is not supported; allowed: {Builtins.TestNames}");
            Arguments rest = new($"test '{name}'", [.. given.Skip(at + 1)], arguments.Named);
            holds = part => test(part, rest);
        }
        return [.. Operations.Items(value).Where(item => holds(byAttribute ? Part(item, given[0]) : item) == wanted)];
    }
}
