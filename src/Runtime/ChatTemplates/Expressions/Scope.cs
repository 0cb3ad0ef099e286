namespace Cortex.Runtime.ChatTemplates;

/// <summary>Variables by name, and those around them. What is set in a loop, a macro or a with is not seen outside of it.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Scope? _outer = outer;
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    public object? this[string name]
    {
        get
        {
            for (Scope? scope = this; scope is not null; scope = scope._outer)
            {
                if (scope._variables.TryGetValue(name, out object? value))
                {
                    return value;
                }
            }
            return Undefined.Name(name);
        }
        set => _variables[name] = value;
    }
}
