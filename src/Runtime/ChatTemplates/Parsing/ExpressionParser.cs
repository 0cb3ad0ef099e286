using System.Globalization;
using System.Numerics;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>Expressions, with Jinja's precedence: a filter binds closer than a sign, a test closer than not.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    // Evaluation goes as deep as an expression, and long sums are as deep as they are long.
    private const int MaximalDepth = 100;
    private const int MaximalOperators = 1000;

    private int _depth;
    private int _operators;

    /// <summary>Expressions with commas between, which make a tuple; or one.</summary>
    /// <param name="conditional">Whether an <c>if</c> belongs to the expression, which after <c>for … in</c> it does not.</param>
    public Expression TupleOrOne(bool conditional)
    {
        _operators = 0;
        Expression first = conditional ? Parse() : Either();
        if (!tokens.Is(","))
        {
            return first;
        }
        List<Expression> items = [first];
        while (tokens.TryTake(",") && !AtEnd())
        {
            items.Add(conditional ? Parse() : Either());
        }
        return new TupleOf(items);
    }

    /// <summary>One expression.</summary>
    public Expression Parse()
    {
        if (++_depth > MaximalDepth)
        {
            throw tokens.Fault($"an expression nested deeper than {MaximalDepth}");
        }
        Expression value = Either();
        while (tokens.Current.Line is var line && tokens.TryTakeName("if"))
        {
            Expression condition = Either();
            value = new Conditional(value, condition, tokens.TryTakeName("else") ? Parse() : null, line);
        }
        _depth--;
        return value;
    }

    // From the parenthesis on.
    private ArgumentList Arguments()
    {
        tokens.Expect("(");
        List<Expression> positional = [];
        List<(string, Expression)> named = [];
        while (!tokens.Is(")"))
        {
            if (tokens.Is("*") || tokens.Is("**"))
            {
                throw tokens.Fault("arguments unpacked by * are not supported");
            }
            if (tokens.Current.Kind == TokenKind.Name && tokens.Next.Is(TokenKind.Sign, "="))
            {
                string name = tokens.Take().Value;
                tokens.Take();
                named.Add((name, Parse()));
            }
            else
            {
                positional.Add(named.Count == 0 ? Parse() : throw tokens.Fault("an argument without a name after one with a name"));
            }
            if (!tokens.TryTake(","))
            {
                break;
            }
        }
        tokens.Expect(")");
        return new ArgumentList(positional, named);
    }

    // What follows a value: filters, and tests of it.
    private Expression Filters(Expression value)
    {
        while (true)
        {
            if (tokens.TryTake("|"))
            {
                value = Filter()(value);
            }
            else if (tokens.TryTakeName("is"))
            {
                value = Is(value);
            }
            else if (tokens.Is("("))
            {
                value = new Call(value, Arguments());
            }
            else
            {
                return value;
            }
            Count();
        }
    }

    /// <summary>One filter, after its <c>|</c>: given the value, the filtered one.</summary>
    public Func<Expression, Expression> Filter()
    {
        string name = DottedName();
        Filter filter = Builtins.Filter(name) ?? throw tokens.Fault($"filter '{name}' is not supported; allowed: {Builtins.FilterNames}");
        ArgumentList arguments = tokens.Is("(") ? Arguments() : ArgumentList.Empty;
        return value => new Filtered(value, name, filter, arguments);
    }

    private bool AtEnd() => tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || tokens.Is(")") || tokens.Is("=");

    private Expression Either()
    {
        Expression left = Both();
        while (tokens.TryTakeName("or"))
        {
            left = new Or(left, Both());
            Count();
        }
        return left;
    }

    private Expression Both()
    {
        Expression left = Negated();
        while (tokens.TryTakeName("and"))
        {
            left = new And(left, Negated());
            Count();
        }
        return left;
    }

    private Expression Negated()
    {
        if (!tokens.TryTakeName("not"))
        {
            return Compared();
        }
        Count();
        return Deeper(() => new Not(Negated()));
    }

    private Expression Compared()
    {
        Expression first = Sum();
        List<(string, Expression)> rest = [];
        while (ComparisonSign() is { } sign)
        {
            rest.Add((sign, Sum()));
        }
        return rest.Count == 0 ? first : new Comparison(first, rest);
    }

    private string? ComparisonSign()
    {
        if (tokens.Current.Kind == TokenKind.Sign && tokens.Current.Value is "==" or "!=" or "<" or "<=" or ">" or ">=")
        {
            return tokens.Take().Value;
        }
        if (tokens.TryTakeName("in"))
        {
            return "in";
        }
        if (tokens.IsName("not") && tokens.Next.Is(TokenKind.Name, "in"))
        {
            tokens.Take();
            tokens.Take();
            return "not in";
        }
        return null;
    }

    private Expression Sum() => LeftToRight(["+", "-"], Concatenation);

    private Expression Concatenation()
    {
        Expression first = Product();
        List<Expression> parts = [first];
        while (tokens.TryTake("~"))
        {
            parts.Add(Product());
        }
        return parts.Count == 1 ? first : new Joined(parts);
    }

    private Expression Product() => LeftToRight(["*", "/", "//", "%"], Power);

    private Expression Power() => LeftToRight(["**"], () => Unary(filters: true));

    private Expression LeftToRight(string[] signs, Func<Expression> operand)
    {
        Expression left = operand();
        while (tokens.Current.Kind == TokenKind.Sign && signs.Contains(tokens.Current.Value))
        {
            left = new Arithmetic(tokens.Take().Value, left, operand());
            Count();
        }
        return left;
    }

    private Expression Unary(bool filters)
    {
        Expression value = tokens.TryTake("-") ? Deeper(() => new Negative(Unary(filters: false)))
            : tokens.TryTake("+") ? Deeper(() => Unary(filters: false))
            : Primary();
        value = Postfix(value);
        return filters ? Filters(value) : value;
    }

    private Expression Postfix(Expression value)
    {
        while (true)
        {
            if (tokens.TryTake("."))
            {
                Token member = tokens.Take();
                value = member.Kind switch
                {
                    TokenKind.Name => new MemberOf(value, member.Value),
                    TokenKind.Integer => new ElementOf(value, Integer(member.Value)),
                    _ => throw tokens.Fault($"expected a name or a number after a dot, not {member}"),
                };
            }
            else if (tokens.TryTake("["))
            {
                value = Subscript(value);
            }
            else if (tokens.Is("("))
            {
                value = new Call(value, Arguments());
            }
            else
            {
                return value;
            }
            Count();
        }
    }

    private Expression Subscript(Expression value)
    {
        Expression? start = tokens.Is(":") ? null : Parse();
        if (start is not null && tokens.TryTake("]"))
        {
            return new ElementOf(value, start);
        }
        tokens.Expect(":");
        Expression? stop = tokens.Is(":") || tokens.Is("]") ? null : Parse();
        Expression? step = tokens.TryTake(":") && !tokens.Is("]") ? Parse() : null;
        tokens.Expect("]");
        return new SliceOf(value, start, stop, step);
    }

    private Expression Primary()
    {
        Token token = tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Name:
                return token.Value switch
                {
                    "true" or "True" => new Constant(true),
                    "false" or "False" => new Constant(false),
                    "none" or "None" => new Constant(null),
                    _ => new Variable(token.Value),
                };
            case TokenKind.Text:
                string text = token.Value;
                while (tokens.Current.Kind == TokenKind.Text)
                {
                    text += tokens.Take().Value;
                }
                return new Constant(text);
            case TokenKind.Integer:
                return Integer(token.Value);
            case TokenKind.Float:
                return new Constant(double.Parse(token.Value, CultureInfo.InvariantCulture));
            case TokenKind.Sign when token.Value == "(":
                return Parenthesis();
            case TokenKind.Sign when token.Value == "[":
                return new ListOf(Sequence("]", Parse));
            case TokenKind.Sign when token.Value == "{":
                return new DictOf(Sequence("}", () =>
                {
                    Expression key = Parse();
                    tokens.Expect(":");
                    return (key, Parse());
                }));
            default:
                throw new ChatTemplateException(tokens.Template, token.Line, $"unexpected {token}");
        }
    }

    private Expression Parenthesis()
    {
        if (tokens.TryTake(")"))
        {
            return new TupleOf([]);
        }
        Expression first = Parse();
        if (!tokens.TryTake(","))
        {
            tokens.Expect(")");
            return first;
        }
        return new TupleOf([first, .. Sequence(")", Parse)]);
    }

    // What stands between commas up to a sign; a comma may stand before it.
    private List<T> Sequence<T>(string close, Func<T> item)
    {
        List<T> items = [];
        while (!tokens.TryTake(close))
        {
            items.Add(item());
            if (!tokens.TryTake(","))
            {
                tokens.Expect(close);
                break;
            }
        }
        return items;
    }

    private Expression Is(Expression value)
    {
        bool negated = tokens.TryTakeName("not");
        string name = DottedName();
        Test test = Builtins.Test(name) ?? throw tokens.Fault($"test '{name}' is not supported; allowed: {Builtins.TestNames}");
        ArgumentList arguments = tokens.Is("(") ? Arguments()
            : StartsArgument() ? new ArgumentList([Postfix(Primary())], [])
            : ArgumentList.Empty;
        Tested tested = new(value, name, test, arguments);
        return negated ? new Not(tested) : tested;
    }

    // "x is divisibleby 3": one argument without parentheses.
    private bool StartsArgument() =>
        tokens.Current.Kind is TokenKind.Text or TokenKind.Integer or TokenKind.Float || tokens.Is("[") || tokens.Is("{")
        || (tokens.Current.Kind == TokenKind.Name && tokens.Current.Value is not ("else" or "or" or "and" or "is" or "if" or "in" or "not"));

    private string DottedName()
    {
        string name = tokens.ExpectName();
        while (tokens.TryTake("."))
        {
            name += "." + tokens.ExpectName();
        }
        return name;
    }

    private Expression Deeper(Func<Expression> parse)
    {
        if (++_depth > MaximalDepth)
        {
            throw tokens.Fault($"an expression nested deeper than {MaximalDepth}");
        }
        Expression value = parse();
        _depth--;
        return value;
    }

    private void Count()
    {
        if (++_operators > MaximalOperators)
        {
            throw tokens.Fault($"an expression with more than {MaximalOperators} operators");
        }
    }

    private static Constant Integer(string digits) => new(Numbers.Normal(BigInteger.Parse(digits, CultureInfo.InvariantCulture)));
}
