using System.Runtime.CompilerServices;
using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>A function whose value is the text of its body. It sees the variables around its definition, as they are when it is called.</summary>
internal sealed record Macro(string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, Block Body) : Statement
{
    public override Flow Run(Scope scope, StringBuilder output)
    {
        scope[Name] = new Function($"macro '{Name}'", arguments => Call(scope, arguments));
        return Flow.Next;
    }

    private string Call(Scope scope, Arguments arguments)
    {
        // A macro that calls itself without end must not take the process down.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateFault($"macro '{Name}' calls itself too often");
        }
        Scope inner = new(scope);
        string[] names = [.. Parameters.Select(parameter => parameter.Name)];
        object?[] given = arguments.Bind(names, [.. names.Select(object? (name) => new NotGiven(name))]);
        for (int i = 0; i < names.Length; i++)
        {
            inner[names[i]] = given[i] is not NotGiven ? given[i]
                : Parameters[i].Default is { } otherwise ? otherwise.Evaluate(inner)
                : new Undefined($"parameter '{names[i]}' was not provided");
        }
        return Body.Capture(inner);
    }

    private sealed record NotGiven(string Name);
}
