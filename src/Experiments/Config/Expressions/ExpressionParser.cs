namespace Cortex.Experiments.Config.Expressions;

/// <summary>Reads a condition by recursive descent; <c>or</c> binds least, then <c>and</c>, <c>not</c>, comparisons, sums, products.</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Comparisons = ["<=", ">=", "==", "!=", "<", ">", "="];
    private static readonly string[] Words = ["and", "or", "not"];

    private readonly string text;
    private readonly SourceMark mark;
    private readonly IReadOnlyList<string> tokens;
    private readonly List<string> names = [];
    private int next;

    public ExpressionParser(string text, SourceMark mark)
    {
        this.text = text;
        this.mark = mark;
        tokens = ExpressionTokens.Of(text) ?? throw Fault("a character that means nothing here");
    }

    public Condition Parse()
    {
        IExpression root = Or();
        return next == tokens.Count ? new Condition(text, mark, names, root) : throw Fault($"'{tokens[next]}' is not expected there");
    }

    private IExpression Or()
    {
        IExpression left = And();
        while (Take("or") || Take("||"))
        {
            left = new Either(left, And());
        }
        return left;
    }

    private IExpression And()
    {
        IExpression left = Negation();
        while (Take("and") || Take("&&"))
        {
            left = new Both(left, Negation());
        }
        return left;
    }

    private IExpression Negation() => Take("not") || Take("!") ? new Not(Negation()) : Compared();

    private IExpression Compared()
    {
        IExpression left = Sum();
        if (next < tokens.Count && Comparisons.Contains(tokens[next]))
        {
            string sign = tokens[next++];
            return new Comparison(sign == "=" ? "==" : sign, left, Sum());
        }
        return left;
    }

    private IExpression Sum()
    {
        IExpression left = Product();
        while (next < tokens.Count && tokens[next] is "+" or "-")
        {
            left = new Arithmetic(tokens[next++][0], left, Product());
        }
        return left;
    }

    private IExpression Product()
    {
        IExpression left = Atom();
        while (next < tokens.Count && tokens[next] is "*" or "/")
        {
            left = new Arithmetic(tokens[next++][0], left, Atom());
        }
        return left;
    }

    private IExpression Atom()
    {
        if (next == tokens.Count)
        {
            throw Fault("it ends too early");
        }
        if (Take("("))
        {
            IExpression inner = Or();
            return Take(")") ? inner : throw Fault("a ')' is missing");
        }
        if (Take("-"))
        {
            return new Arithmetic('-', new Literal(ExpressionValue.Of(0.0)), Atom());
        }
        string token = tokens[next];
        if (token[0] is '"' or '\'')
        {
            next++;
            return new Literal(new ExpressionValue(null, token[1..^1]));
        }
        if (!ExpressionTokens.IsWord(token[0]) || Words.Contains(token))
        {
            throw Fault($"'{token}' is not expected there");
        }
        next++;
        if (ExpressionValue.Of(token) is { Number: not null } literal)
        {
            return new Literal(literal);
        }
        if (char.IsAsciiDigit(token[0]) || token[0] == '.')
        {
            throw Fault($"'{token}' is not a number");
        }
        if (!names.Contains(token))
        {
            names.Add(token);
        }
        return new Name(token);
    }

    private bool Take(string token)
    {
        bool found = next < tokens.Count && tokens[next] == token;
        next += found ? 1 : 0;
        return found;
    }

    private InputException Fault(string what) => new(mark, $"'{text}' cannot be read: {what}; allowed: {Condition.Grammar}");
}
