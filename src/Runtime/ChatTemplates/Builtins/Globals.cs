namespace Cortex.Runtime.ChatTemplates;

/// <summary>Functions that every template can call: Jinja's, and the two that transformers adds.</summary>
internal static class Globals
{
    private const int MaximalRange = 100_000;   // as Jinja's sandbox

    /// <param name="now">Local time for <c>strftime_now</c>; null where none is given.</param>
    public static Scope Scope(DateTime? now) => new(null)
    {
        ["range"] = new Function("range", Range),
        ["dict"] = new Function("dict", arguments =>
        {
            Mapping map = [];
            foreach ((string name, object? value) in WithoutPositions(arguments).Named)
            {
                map[name] = value;
            }
            return map;
        }),
        ["namespace"] = new Function("namespace", arguments =>
        {
            Namespace space = new();
            foreach ((string name, object? value) in WithoutPositions(arguments).Named)
            {
                space.Members[name] = value;
            }
            return space;
        }),
        ["raise_exception"] = new Function("raise_exception", arguments => throw new ChatRefusedException(PythonText.Str(arguments.Bind(["message"])[0]))),
        ["strftime_now"] = new Function("strftime_now", arguments =>
            Strftime.Format(now ?? throw new TemplateFault("strftime_now needs the time, which was not given"), StringMethods.Text(arguments.Bind(["format"])[0]))),
    };

    private static Arguments WithoutPositions(Arguments arguments) =>
        arguments.Positional.Count == 0 ? arguments : throw new TemplateFault($"{arguments.Of} takes arguments by name only");

    private static List<object?> Range(Arguments arguments)
    {
        IReadOnlyList<object?> given = arguments.Positional;
        if (given.Count is < 1 or > 3 || arguments.Named.Count > 0)
        {
            throw new TemplateFault("range takes one to three whole numbers");
        }
        (long start, long stop, long step) = (
            given.Count > 1 ? Numbers.ToIndex(given[0]) : 0, Numbers.ToIndex(given[given.Count > 1 ? 1 : 0]), given.Count > 2 ? Numbers.ToIndex(given[2]) : 1);
        if (step == 0)
        {
            throw new TemplateFault("range() arg 3 must not be zero");
        }
        long count = Math.Max(0, (stop - start + step - Math.Sign(step)) / step);
        if (count > MaximalRange)
        {
            throw new TemplateFault($"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({MaximalRange}).");
        }
        return [.. Enumerable.Range(0, (int)count).Select(i => (object?)(start + (i * step)))];
    }
}
