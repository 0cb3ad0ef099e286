namespace Cortex.Runtime.ChatTemplates;

/// <summary>The tokens of a template and the place in them.</summary>
internal sealed class TokenReader(string template, List<Token> tokens)
{
    private int _at;

    /// <summary>What the template is called.</summary>
    public string Template { get; } = template;

    public Token Current => tokens[_at];

    /// <summary>Line of the token taken last.</summary>
    public int LastLine => tokens[Math.Max(_at - 1, 0)].Line;

    public Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take() => Current.Kind == TokenKind.End ? Current : tokens[_at++];

    public bool Is(string sign) => Current.Is(TokenKind.Sign, sign);

    public bool IsName(string name) => Current.Is(TokenKind.Name, name);

    public bool TryTake(string sign)
    {
        bool here = Is(sign);
        _at += here ? 1 : 0;
        return here;
    }

    public bool TryTakeName(string name)
    {
        bool here = IsName(name);
        _at += here ? 1 : 0;
        return here;
    }

    public void Expect(string sign)
    {
        if (!TryTake(sign))
        {
            throw Fault($"expected '{sign}', not {Current}");
        }
    }

    public string ExpectName() => Current.Kind == TokenKind.Name ? Take().Value : throw Fault($"expected a name, not {Current}");

    public void Expect(TokenKind kind, string value)
    {
        if (Current.Kind != kind)
        {
            throw Fault($"expected {value}, not {Current}");
        }
        Take();
    }

    /// <summary>An error at the current token.</summary>
    public ChatTemplateException Fault(string what) => new(Template, Current.Line, what);
}
