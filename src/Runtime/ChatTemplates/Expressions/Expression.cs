namespace Cortex.Runtime.ChatTemplates;

/// <summary>Something that has a value.</summary>
internal abstract record Expression
{
    /// <exception cref="TemplateFault">The values do not go together.</exception>
    public abstract object? Evaluate(Scope scope);
}

internal sealed record Constant(object? Value) : Expression
{
    public override object? Evaluate(Scope scope) => Value;
}

internal sealed record Variable(string Name) : Expression
{
    public override object? Evaluate(Scope scope) => scope[Name];
}

internal sealed record MemberOf(Expression Of, string Name) : Expression
{
    public override object? Evaluate(Scope scope) => Members.Attribute(Of.Evaluate(scope), Name);
}

internal sealed record ElementOf(Expression Of, Expression Key) : Expression
{
    public override object? Evaluate(Scope scope) => Members.Element(Of.Evaluate(scope), Key.Evaluate(scope));
}

internal sealed record SliceOf(Expression Of, Expression? Start, Expression? Stop, Expression? Step) : Expression
{
    public override object? Evaluate(Scope scope) =>
        Members.Slice(Of.Evaluate(scope), Start?.Evaluate(scope), Stop?.Evaluate(scope), Step?.Evaluate(scope));
}

internal sealed record ListOf(IReadOnlyList<Expression> Items) : Expression
{
    public override object? Evaluate(Scope scope) => Items.Select(item => item.Evaluate(scope)).ToList();
}

internal sealed record TupleOf(IReadOnlyList<Expression> Items) : Expression
{
    public override object? Evaluate(Scope scope) => Items.Select(item => item.Evaluate(scope)).ToArray();
}

internal sealed record DictOf(IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression
{
    public override object? Evaluate(Scope scope)
    {
        Mapping map = [];
        foreach ((Expression key, Expression value) in Items)
        {
            map[key.Evaluate(scope) ?? throw new TemplateFault("a dict with the key None is not supported")] = value.Evaluate(scope);
        }
        return map;
    }
}

internal sealed record Conditional(Expression Then, Expression Condition, Expression? Otherwise, int Line) : Expression
{
    public override object? Evaluate(Scope scope) => Operations.IsTrue(Condition.Evaluate(scope)) ? Then.Evaluate(scope)
        : Otherwise is null ? new Undefined($"the inline if-expression on line {Line} evaluated to false and no else section was defined.")
        : Otherwise.Evaluate(scope);
}

internal sealed record And(Expression Left, Expression Right) : Expression
{
    public override object? Evaluate(Scope scope) => Left.Evaluate(scope) is var left && Operations.IsTrue(left) ? Right.Evaluate(scope) : left;
}

internal sealed record Or(Expression Left, Expression Right) : Expression
{
    public override object? Evaluate(Scope scope) => Left.Evaluate(scope) is var left && Operations.IsTrue(left) ? left : Right.Evaluate(scope);
}

internal sealed record Not(Expression Of) : Expression
{
    public override object? Evaluate(Scope scope) => !Operations.IsTrue(Of.Evaluate(scope));
}

internal sealed record Negative(Expression Of) : Expression
{
    public override object? Evaluate(Scope scope) => Numbers.Negate(Of.Evaluate(scope));
}

/// <summary><c>~</c>: everything as text, one after another.</summary>
internal sealed record Joined(IReadOnlyList<Expression> Parts) : Expression
{
    public override object? Evaluate(Scope scope) => string.Concat(Parts.Select(part => PythonText.Str(part.Evaluate(scope))));
}

internal sealed record Arithmetic(string Sign, Expression Left, Expression Right) : Expression
{
    public override object? Evaluate(Scope scope)
    {
        (object? left, object? right) = (Left.Evaluate(scope), Right.Evaluate(scope));
        return Sign == "+" ? Operations.Add(left, right) : Numbers.Calculate(Sign, left, right);
    }
}

/// <summary>Comparisons in a row: <c>a &lt; b &lt; c</c> is <c>a &lt; b and b &lt; c</c>.</summary>
internal sealed record Comparison(Expression First, IReadOnlyList<(string Sign, Expression Right)> Rest) : Expression
{
    public override object? Evaluate(Scope scope)
    {
        object? left = First.Evaluate(scope);
        foreach ((string sign, Expression expression) in Rest)
        {
            object? right = expression.Evaluate(scope);
            if (!Holds(sign, left, right))
            {
                return false;
            }
            left = right;
        }
        return true;
    }

    public static bool Holds(string sign, object? left, object? right) => sign switch
    {
        "==" => Operations.AreEqual(left, right),
        "!=" => !Operations.AreEqual(left, right),
        "<" => Operations.Compare(left, right, sign) < 0,
        "<=" => Operations.Compare(left, right, sign) <= 0,
        ">" => Operations.Compare(left, right, sign) > 0,
        ">=" => Operations.Compare(left, right, sign) >= 0,
        "in" => Operations.Contains(right, left),
        _ => !Operations.Contains(right, left),
    };
}
