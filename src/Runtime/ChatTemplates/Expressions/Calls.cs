namespace Cortex.Runtime.ChatTemplates;

/// <summary>The arguments of a call as they are written.</summary>
internal sealed record ArgumentList(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static ArgumentList Empty { get; } = new([], []);

    public Arguments Evaluate(string of, Scope scope)
    {
        Dictionary<string, object?> named = new(StringComparer.Ordinal);
        foreach ((string name, Expression value) in Named)
        {
            named[name] = value.Evaluate(scope);
        }
        return new Arguments(of, [.. Positional.Select(value => value.Evaluate(scope))], named);
    }
}

internal sealed record Call(Expression Callee, ArgumentList Arguments) : Expression
{
    public override object? Evaluate(Scope scope) => Callee.Evaluate(scope) switch
    {
        Function function => function.Call(Arguments.Evaluate(function.Name, scope)),
        Undefined absent => throw new TemplateFault(absent.Message),
        Loop => throw new TemplateFault("a recursive loop is not supported"),
        var value => throw new TemplateFault($"'{PythonType.NameOf(value)}' object is not callable"),
    };
}

internal sealed record Filtered(Expression Value, string Name, Filter Filter, ArgumentList Arguments) : Expression
{
    public override object? Evaluate(Scope scope) => Filter(Value.Evaluate(scope), Arguments.Evaluate($"filter '{Name}'", scope));
}

internal sealed record Tested(Expression Value, string Name, Test Test, ArgumentList Arguments) : Expression
{
    public override object? Evaluate(Scope scope) => Test(Value.Evaluate(scope), Arguments.Evaluate($"test '{Name}'", scope));
}

/// <summary>What a <c>|name</c> does to a value.</summary>
internal delegate object? Filter(object? value, Arguments arguments);

/// <summary>What <c>is name</c> asks of a value.</summary>
internal delegate bool Test(object? value, Arguments arguments);
