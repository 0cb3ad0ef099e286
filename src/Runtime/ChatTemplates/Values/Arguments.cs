namespace Cortex.Runtime.ChatTemplates;

/// <summary>The arguments of a call, a filter or a test.</summary>
internal sealed record Arguments(string Of, IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    /// <summary>Puts the arguments in the order of their names; <paramref name="absent"/> (by index; none: required) for what was not given.</summary>
    public object?[] Bind(string[] names, params object?[] absent)
    {
        if (Positional.Count > names.Length)
        {
            throw new TemplateFault($"{Of} takes at most {names.Length} arguments, not {Positional.Count}");
        }
        foreach (string name in Named.Keys)
        {
            if (Array.IndexOf(names, name) is var at && (at < 0 || at < Positional.Count))
            {
                throw new TemplateFault($"{Of} {(at < 0 ? "has no argument" : "is given twice the argument")} '{name}'");
            }
        }
        object?[] values = new object?[names.Length];
        int required = names.Length - absent.Length;
        for (int i = 0; i < names.Length; i++)
        {
            values[i] = i < Positional.Count ? Positional[i]
                : Named.TryGetValue(names[i], out object? value) ? value
                : i >= required ? absent[i - required]
                : throw new TemplateFault($"{Of} needs its argument '{names[i]}'");
        }
        return values;
    }

    /// <summary>No arguments are allowed.</summary>
    public void None() => Bind([]);
}
