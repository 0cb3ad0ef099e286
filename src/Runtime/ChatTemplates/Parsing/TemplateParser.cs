namespace Cortex.Runtime.ChatTemplates;

/// <summary>Text and tags of a template. A tag that is not known is refused by name.</summary>
internal sealed class TemplateParser
{
    private const int MaximalDepth = 60;
    private static readonly string Allowed = "if, for, set, macro, with, filter, generation, break, continue, raw";

    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private int _depth;
    private int _loops;

    private TemplateParser(TokenReader tokens) => (_tokens, _expressions) = (tokens, new ExpressionParser(tokens));

    /// <exception cref="ChatTemplateException">The template is wrong, or uses something not known here.</exception>
    public static Block Parse(string template, string text)
    {
        TemplateParser parser = new(new TokenReader(template, Lexer.Cut(template, text)));
        Block whole = parser.Body();
        return parser._tokens.Current.Kind == TokenKind.End ? whole : throw parser._tokens.Fault($"unexpected {parser._tokens.Current} without its beginning");
    }

    // Statements up to a tag of one of these names, whose block begin is then taken, or up to the end of the template.
    private Block Body(params string[] ends)
    {
        if (++_depth > MaximalDepth)
        {
            throw _tokens.Fault($"blocks nested deeper than {MaximalDepth}");
        }
        int line = _tokens.LastLine;
        List<Statement> statements = [];
        while (_tokens.Current.Kind != TokenKind.End)
        {
            if (_tokens.Current.Kind == TokenKind.BlockBegin && Array.IndexOf(ends, _tokens.Next.Value) >= 0)
            {
                _tokens.Take();
                _depth--;
                return new Block(statements);
            }
            statements.Add(One());
        }
        _depth--;
        return ends.Length == 0 ? new Block(statements) : throw new ChatTemplateException(_tokens.Template, line, $"a block without its {ends[^1]}");
    }

    private Statement One()
    {
        Token token = _tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Data:
                return new Text(token.Value);
            case TokenKind.VariableBegin:
                Print print = new(_expressions.TupleOrOne(conditional: true));
                _tokens.Expect(TokenKind.VariableEnd, "'}}'");
                return new Located(print, _tokens.Template, token.Line);
            default:
                return new Located(Tag(), _tokens.Template, token.Line);
        }
    }

    private Statement Tag()
    {
        Token name = _tokens.Current;
        _tokens.ExpectName();
        switch (name.Value)
        {
            case "if":
                return If();
            case "for":
                return For();
            case "set":
                return Set();
            case "macro":
                return Macro();
            case "with":
                return With();
            case "filter":
                return FilterBlock();
            case "generation":   // marks what an assistant said, for training; the text is the same
                CloseTag();
                return Closed(Body("endgeneration"));
            case "break" or "continue" when _loops > 0:
                CloseTag();
                return new Jump(name.Value == "break" ? Flow.Break : Flow.Continue);
            default:
                throw new ChatTemplateException(_tokens.Template, name.Line, $"tag '{name.Value}' is not supported here; allowed: {Allowed}");
        }
    }

    private If If()
    {
        List<(Expression, Block)> branches = [];
        do
        {
            Expression condition = _expressions.TupleOrOne(conditional: false);
            CloseTag();
            branches.Add((condition, Body("elif", "else", "endif")));
        }
        while (_tokens.TryTakeName("elif"));
        return new If(branches, ElseOf("endif"));
    }

    private For For()
    {
        Target target = TargetOf(members: false);
        if (!_tokens.TryTakeName("in"))
        {
            throw _tokens.Fault($"expected 'in', not {_tokens.Current}");
        }
        Expression over = _expressions.TupleOrOne(conditional: false);
        Expression? condition = _tokens.TryTakeName("if") ? _expressions.Parse() : null;
        if (_tokens.IsName("recursive"))
        {
            throw _tokens.Fault("a recursive loop is not supported");
        }
        CloseTag();
        _loops++;
        Block body = Body("else", "endfor");
        _loops--;
        Block? otherwise = ElseOf("endfor");
        return new For(target, over, condition, body, otherwise);
    }

    // After a body: its else, if there is one, and the end.
    private Block? ElseOf(string end)
    {
        Block? otherwise = null;
        if (_tokens.ExpectName() == "else")
        {
            CloseTag();
            otherwise = Body(end);
            _tokens.ExpectName();
        }
        CloseTag();
        return otherwise;
    }

    private Set Set()
    {
        Target target = TargetOf(members: true);
        if (_tokens.TryTake("="))
        {
            Expression value = _expressions.TupleOrOne(conditional: true);
            CloseTag();
            return new Set(target, value);
        }
        // Without a value: the text up to endset, through filters if there are any.
        List<Func<Expression, Expression>> filters = Filters();
        CloseTag();
        Expression text = new Captured(WithoutJumps("endset"));
        return new Set(target, filters.Aggregate(text, (value, filter) => filter(value)));
    }

    private Print FilterBlock()
    {
        Func<Expression, Expression> first = _expressions.Filter();
        List<Func<Expression, Expression>> filters = [first, .. Filters()];
        CloseTag();
        Expression text = new Captured(WithoutJumps("endfilter"));
        return new Print(filters.Aggregate(text, (value, filter) => filter(value)));
    }

    private List<Func<Expression, Expression>> Filters()
    {
        List<Func<Expression, Expression>> filters = [];
        while (_tokens.TryTake("|"))
        {
            filters.Add(_expressions.Filter());
        }
        return filters;
    }

    private Macro Macro()
    {
        string name = _tokens.ExpectName();
        _tokens.Expect("(");
        List<(string, Expression?)> parameters = [];
        while (!_tokens.Is(")"))
        {
            string parameter = _tokens.ExpectName();
            parameters.Add((parameter, _tokens.TryTake("=") ? _expressions.Parse() : null));
            if (!_tokens.TryTake(","))
            {
                break;
            }
        }
        _tokens.Expect(")");
        CloseTag();
        return new Macro(name, parameters, WithoutJumps("endmacro"));
    }

    // A body that cannot leave the loop around it, since its text is needed whole.
    private Block WithoutJumps(string end)
    {
        (int loops, _loops) = (_loops, 0);
        Block body = Closed(Body(end));
        _loops = loops;
        return body;
    }

    private With With()
    {
        List<(Target, Expression)> variables = [];
        while (_tokens.Current.Kind != TokenKind.BlockEnd)
        {
            Target target = OneTarget(members: false);
            _tokens.Expect("=");
            variables.Add((target, _expressions.Parse()));
            if (!_tokens.TryTake(","))
            {
                break;
            }
        }
        CloseTag();
        return new With(variables, Closed(Body("endwith")));
    }

    private Target TargetOf(bool members)
    {
        List<Target> targets = [OneTarget(members)];
        bool tuple = false;
        while (_tokens.TryTake(","))
        {
            tuple = true;
            if (_tokens.Current.Kind != TokenKind.Name || _tokens.IsName("in"))
            {
                break;
            }
            targets.Add(OneTarget(members));
        }
        return tuple ? new TupleTarget(targets) : targets[0];
    }

    private Target OneTarget(bool members)
    {
        if (_tokens.TryTake("("))
        {
            Target inside = TargetOf(members);
            _tokens.Expect(")");
            return inside;
        }
        Token name = _tokens.Current;
        _tokens.ExpectName();
        if (name.Value is "true" or "True" or "false" or "False" or "none" or "None" or "loop")
        {
            throw new ChatTemplateException(_tokens.Template, name.Line, $"'{name.Value}' cannot be set");
        }
        return members && _tokens.TryTake(".") ? new MemberTarget(name.Value, _tokens.ExpectName()) : new NameTarget(name.Value);
    }

    // After a body whose end has begun: its name and the end of the tag.
    private Block Closed(Block body)
    {
        _tokens.ExpectName();
        CloseTag();
        return body;
    }

    private void CloseTag() => _tokens.Expect(TokenKind.BlockEnd, "'%}'");
}
