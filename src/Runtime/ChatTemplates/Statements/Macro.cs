using System.Text;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>A function whose value is the text of its body. It sees the variables around its definition, as they are when it is called.</summary>
internal sealed record Macro(string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, Block Body) : Statement
{
    private const int MaximalCalls = 100;   // inside one another

    public override Flow Run(Scope scope, StringBuilder output)
    {
        int calls = 0;
        scope[Name] = new Function($"macro '{Name}'", arguments =>
        {
            if (++calls > MaximalCalls)
            {
                throw new TemplateFault($"macro '{Name}' calls itself more than {MaximalCalls} times");
            }
            string text = Call(scope, arguments);
            calls--;
            return text;
        });
        return Flow.Next;
    }

    private string Call(Scope scope, Arguments arguments)
    {
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
