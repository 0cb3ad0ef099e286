namespace Cortex.Runtime.ChatTemplates;

/// <summary>Variables by name, and those around them. What is set in a loop, a macro or a with is not seen outside of it.</summary>
internal sealed class Scope(Scope? outer)
{
    private const int MaximalDepth = 200;   // macros that call themselves without end must not take the process down

    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    /// <summary>Scopes around this one.</summary>
    public int Depth { get; } = outer is null ? 0
        : outer.Depth < MaximalDepth ? outer.Depth + 1
        : throw new TemplateFault($"blocks and macros nested deeper than {MaximalDepth}");

    public object? this[string name]
    {
        get
        {
            for (Scope? scope = this; scope is not null; scope = scope.Outer)
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

    private Scope? Outer { get; } = outer;
}
