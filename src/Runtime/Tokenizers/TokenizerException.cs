namespace Cortex.Runtime.Tokenizers;

/// <summary>A tokenizer that cannot be used: one line that says in which file, where, what is wrong, and what is allowed.</summary>
public sealed class TokenizerException : Exception
{
    /// <param name="file">The file as the user named it, with a place inside it where there is one.</param>
    /// <param name="what">What is wrong, and what would be right.</param>
    public TokenizerException(string file, string what)
        : base(OneLine($"{file}: {what}"))
    {
    }

    // Quoted input may hold anything, and a message is one line all the same.
    private static string OneLine(string text) =>
        string.Create(text.Length, text, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
            }
        });
}
