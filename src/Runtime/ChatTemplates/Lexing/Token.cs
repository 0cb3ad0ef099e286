namespace Cortex.Runtime.ChatTemplates;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    /// <summary>Text outside of tags.</summary>
    Data,
    BlockBegin,
    BlockEnd,
    VariableBegin,
    VariableEnd,
    Name,
    Integer,
    Float,
    Text,
    Sign,
    End,
}

/// <param name="Value">The text of it; of a string, what it means.</param>
/// <param name="Line">Line in the template, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Value, int Line)
{
    public bool Is(TokenKind kind, string value) => Kind == kind && Value == value;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.Data => "text",
        _ => $"'{Value}'",
    };
}
