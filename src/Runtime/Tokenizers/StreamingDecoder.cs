using System.Text;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Decodes one sequence token by token. What comes out never ends inside a character, and all of it together, the flush included, is
/// exactly what decoding the whole sequence gives. Bytes that can never become a character come out as U+FFFD as soon as that is known.
/// </summary>
public sealed class StreamingDecoder
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _skipSpecial;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private bool _pending;   // bytes of an unfinished character are held back

    internal StreamingDecoder(Tokenizer tokenizer, bool skipSpecial) => (_tokenizer, _skipSpecial) = (tokenizer, skipSpecial);

    /// <summary>Adds a token. Returns the text that is now certain; empty while a character is unfinished.</summary>
    public string Append(int id)
    {
        ReadOnlySpan<byte> bytes = _tokenizer.Shown(id, _skipSpecial);
        if (bytes.IsEmpty)
        {
            return "";
        }
        return !_pending && _tokenizer.WholeText(id) is { } text ? text : Convert(bytes, flush: false);
    }

    /// <summary>Ends the sequence: U+FFFD for a character left unfinished, else nothing. The decoder is then as new.</summary>
    public string Flush() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        char[] chars = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length + 3)];
        _utf8.Convert(bytes, chars, flush, out _, out int count, out _);
        // The decoder tells at a flush only whether it held something back: asked without consuming, it says how much one would give.
        _pending = !flush && _utf8.GetCharCount([], flush: true) > 0;
        return new string(chars, 0, count);
    }
}
