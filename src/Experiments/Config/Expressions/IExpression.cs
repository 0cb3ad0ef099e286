namespace Cortex.Experiments.Config.Expressions;

/// <summary>A part of a condition.</summary>
public interface IExpression
{
    /// <returns>Null where a name has no value. True is 1, false is 0.</returns>
    ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup);
}

/// <summary>A value that was written down.</summary>
internal sealed record Literal(ExpressionValue Value) : IExpression
{
    public ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup) => Value;
}

/// <summary>A value that is looked up.</summary>
internal sealed record Name(string Text) : IExpression
{
    public ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup) => lookup(Text);
}

/// <summary>Two numbers make one.</summary>
internal sealed record Arithmetic(char Operator, IExpression Left, IExpression Right) : IExpression
{
    public ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup)
    {
        if (Left.Evaluate(lookup)?.Number is not { } left || Right.Evaluate(lookup)?.Number is not { } right)
        {
            return null;
        }
        return ExpressionValue.Of(Operator switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => left / right,
        });
    }
}

/// <summary>Two values compared: as numbers if both are, else as words, which are only equal or not.</summary>
internal sealed record Comparison(string Operator, IExpression Left, IExpression Right) : IExpression
{
    public ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup)
    {
        if (Left.Evaluate(lookup) is not { } left || Right.Evaluate(lookup) is not { } right)
        {
            return Truth.Of(false);
        }
        if (left.Number is { } a && right.Number is { } b)
        {
            return Truth.Of(Operator switch
            {
                "<" => a < b,
                "<=" => a <= b,
                ">" => a > b,
                ">=" => a >= b,
                "!=" => a != b,
                _ => a == b,
            });
        }
        bool same = left.Text == right.Text;
        return Truth.Of(Operator switch { "==" => same, "!=" => !same, _ => false });
    }
}

internal sealed record Not(IExpression Inner) : IExpression
{
    public ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup) => Truth.Of(!Truth.Is(Inner, lookup));
}

internal sealed record Both(IExpression Left, IExpression Right) : IExpression
{
    public ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup) => Truth.Of(Truth.Is(Left, lookup) && Truth.Is(Right, lookup));
}

internal sealed record Either(IExpression Left, IExpression Right) : IExpression
{
    public ExpressionValue? Evaluate(Func<string, ExpressionValue?> lookup) => Truth.Of(Truth.Is(Left, lookup) || Truth.Is(Right, lookup));
}

internal static class Truth
{
    public static ExpressionValue Of(bool holds) => ExpressionValue.Of(holds ? 1 : 0);

    public static bool Is(IExpression expression, Func<string, ExpressionValue?> lookup) => expression.Evaluate(lookup) is { Number: { } number } && number != 0;
}
