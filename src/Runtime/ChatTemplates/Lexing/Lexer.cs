namespace Cortex.Runtime.ChatTemplates;

/// <summary>
/// Cuts a template into tokens. White space is kept as transformers sets Jinja: the line break after a tag of a block is dropped
/// (<c>trim_blocks</c>), so is the space before one that is first in its line (<c>lstrip_blocks</c>); <c>-</c> takes all white space on its
/// side, <c>+</c> none; one line break at the end of the template is dropped.
/// </summary>
internal sealed class Lexer
{
    private readonly string _template;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _counted;
    private bool _atLineStart = true;

    private Lexer(string template, string text) => (_template, _text) = (template, text);

    /// <summary>The tokens of a template; the last is <see cref="TokenKind.End"/>.</summary>
    /// <param name="template">What it is called.</param>
    /// <exception cref="ChatTemplateException">A tag or string does not end, or a character is not known.</exception>
    public static List<Token> Cut(string template, string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        Lexer lexer = new(template, text.EndsWith('\n') ? text[..^1] : text);
        while (lexer._at < lexer._text.Length)
        {
            lexer.CutPart();
        }
        lexer.Add(TokenKind.End, "");
        return lexer._tokens;
    }

    // Text up to the next tag, and that tag.
    private void CutPart()
    {
        int open = NextOpen(_at);
        if (open < 0)
        {
            AddData(_text[_at..]);
            _at = _text.Length;
            return;
        }
        char kind = _text[open + 1];
        char sign = open + 2 < _text.Length ? _text[open + 2] : '\0';
        bool signed = sign is '-' or '+';
        AddData(Before(_text[_at..open], sign, kind));
        _at = open + (signed ? 3 : 2);
        _atLineStart = false;
        switch (kind)
        {
            case '#':
                CutComment();
                break;
            case '%' when IsRaw():
                CutRaw();
                break;
            default:
                Add(kind == '%' ? TokenKind.BlockBegin : TokenKind.VariableBegin, kind == '%' ? "{%" : "{{");
                CutTag(kind == '%');
                break;
        }
    }

    private int NextOpen(int from)
    {
        for (int at = from; (at = _text.IndexOf('{', at)) >= 0 && at + 1 < _text.Length; at++)
        {
            if (_text[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }
        return -1;
    }

    private string Before(string text, char sign, char kind)
    {
        if (sign == '-')
        {
            return Characters.Strip(text, null, left: false, right: true);
        }
        int lineStart = text.LastIndexOf('\n') + 1;
        bool first = lineStart > 0 || _atLineStart;
        return sign != '+' && kind != '{' && first && text.AsSpan(lineStart).Trim().IsEmpty ? text[..lineStart] : text;
    }

    private void CutComment()
    {
        int close = _text.IndexOf("#}", _at, StringComparison.Ordinal);
        if (close < 0)
        {
            throw Fault("a comment without its end #}");
        }
        char sign = close > _at ? _text[close - 1] : '\0';
        _at = close + 2;
        After(sign, isBlock: true);
    }

    private bool IsRaw() => Word(_at, "raw") is >= 0 and int after && TagEnd(after, out _) >= 0;

    // What stands between raw and endraw is text, whatever it looks like.
    private void CutRaw()
    {
        _at = TagEnd(Word(_at, "raw"), out char sign);
        if (sign == '-')
        {
            After(sign, isBlock: false);
        }
        for (int open = _at; (open = _text.IndexOf("{%", open, StringComparison.Ordinal)) >= 0; open += 2)
        {
            char before = open + 2 < _text.Length ? _text[open + 2] : '\0';
            int after = Word(open + (before is '-' or '+' ? 3 : 2), "endraw");
            int end = after < 0 ? -1 : TagEnd(after, out sign);
            if (end >= 0)
            {
                AddData(Before(_text[_at..open], before, '%'));
                _at = end;
                After(sign, isBlock: true);
                return;
            }
        }
        throw Fault("a raw without its endraw");
    }

    // The place after a word and the white space around it, or -1.
    private int Word(int at, string word)
    {
        at = SkipSpace(at);
        return string.CompareOrdinal(_text, at, word, 0, word.Length) == 0 ? SkipSpace(at + word.Length) : -1;
    }

    private int TagEnd(int at, out char sign)
    {
        sign = at < _text.Length && _text[at] is '-' or '+' ? _text[at] : '\0';
        at += sign == '\0' ? 0 : 1;
        return string.CompareOrdinal(_text, at, "%}", 0, 2) == 0 ? at + 2 : -1;
    }

    private void CutTag(bool isBlock)
    {
        string close = isBlock ? "%}" : "}}";
        int depth = 0;
        while (true)
        {
            _at = SkipSpace(_at);
            if (_at >= _text.Length)
            {
                throw Fault($"a tag without its end {close}");
            }
            char sign = _text[_at] is '-' || (_text[_at] is '+' && isBlock) ? _text[_at] : '\0';
            int end = _at + (sign == '\0' ? 0 : 1);
            if (depth == 0 && string.CompareOrdinal(_text, end, close, 0, 2) == 0)
            {
                Add(isBlock ? TokenKind.BlockEnd : TokenKind.VariableEnd, close);
                _at = end + 2;
                After(sign, isBlock);
                return;
            }
            (TokenKind kind, string value, int length) = TagToken.Read(_text, _at, Fault);
            depth += kind != TokenKind.Sign ? 0 : value is "(" or "[" or "{" ? 1 : value is ")" or "]" or "}" ? -1 : 0;
            Add(kind, value);
            _at += length;
        }
    }

    private void After(char sign, bool isBlock)
    {
        int start = _at;
        if (sign == '-')
        {
            _at = SkipSpace(_at);
        }
        else if (isBlock && sign != '+' && _at < _text.Length && _text[_at] == '\n')
        {
            _at++;
        }
        _atLineStart = _at > start && _text[_at - 1] == '\n';
    }

    private int SkipSpace(int at)
    {
        while (at < _text.Length && Characters.IsSpace(_text[at]))
        {
            at++;
        }
        return at;
    }

    private void AddData(string data)
    {
        if (data.Length > 0)
        {
            Add(TokenKind.Data, data);
        }
    }

    private void Add(TokenKind kind, string value) => _tokens.Add(new Token(kind, value, LineNow()));

    private int LineNow()
    {
        for (; _counted < _at; _counted++)
        {
            _line += _text[_counted] == '\n' ? 1 : 0;
        }
        return _line;
    }

    private ChatTemplateException Fault(string what) => new(_template, LineNow(), what);
}
