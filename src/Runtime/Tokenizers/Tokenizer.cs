using System.Text;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Text to token ids and back, by the rules of a byte-level BPE tokenizer. Made by <see cref="TokenizerJson"/> or
/// <see cref="GgufTokenizer"/>. Safe for several threads.
/// </summary>
public sealed class Tokenizer
{
    private readonly TokenizerParts _parts;
    private readonly string?[] _texts;   // of tokens that are whole characters, made when they are first streamed

    internal Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _texts = new string?[parts.Vocabulary.Size];
    }

    /// <summary>The ids put before a text when special tokens are asked for, such as the beginning of text.</summary>
    public IReadOnlyList<int> Prefix => _parts.Prefix;

    /// <summary>The ids put after a text when special tokens are asked for.</summary>
    public IReadOnlyList<int> Suffix => _parts.Suffix;

    /// <summary>The ids of a text.</summary>
    /// <param name="text">Unpaired surrogates count as U+FFFD.</param>
    /// <param name="addSpecialTokens">Puts the tokenizer's own prefix and suffix around it. Chat templates write theirs themselves.</param>
    /// <param name="specialAsText">
    /// For text that is not trusted: the names of special tokens in it stay ordinary text. Added tokens that are not special match all the same.
    /// </param>
    public int[] Encode(ReadOnlySpan<char> text, bool addSpecialTokens = false, bool specialAsText = false)
    {
        List<int> ids = new(16 + (text.Length / 3));
        if (addSpecialTokens)
        {
            ids.AddRange(_parts.Prefix);
        }
        EncodeAdded(CodePoint.WellFormed(text), specialAsText, ids);
        if (addSpecialTokens)
        {
            ids.AddRange(_parts.Suffix);
        }
        return [.. ids];
    }

    /// <summary>The text of ids. Bytes that are no UTF-8 become U+FFFD, one for each maximal invalid part; an id without a token gives nothing.</summary>
    /// <param name="skipSpecial">Leaves special tokens out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = false)
    {
        int length = 0;
        foreach (int id in ids)
        {
            length += Shown(id, skipSpecial).Length;
        }
        byte[] bytes = new byte[length];
        int at = 0;
        foreach (int id in ids)
        {
            ReadOnlySpan<byte> token = Shown(id, skipSpecial);
            token.CopyTo(bytes.AsSpan(at));
            at += token.Length;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Decodes token by token, for one sequence of ids.</summary>
    /// <param name="skipSpecial">Leaves special tokens out.</param>
    public StreamingDecoder Stream(bool skipSpecial = false) => new(this, skipSpecial);

    /// <summary>The bytes of a token, which need not be whole characters; none for an id without a token.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => _parts.Vocabulary.BytesOf(id);

    /// <summary>Whether an id is a special token.</summary>
    public bool IsSpecial(int id) => _parts.Special.Contains(id);

    /// <summary>The id of a token as it is written in the vocabulary, such as <c>&lt;|im_end|&gt;</c>; null if there is none.</summary>
    public int? IdOf(string token) => _parts.Vocabulary.TryGet(token, out int id) ? id : null;

    internal ReadOnlySpan<byte> Shown(int id, bool skipSpecial) => skipSpecial && IsSpecial(id) ? default : BytesOf(id);

    /// <summary>The text of a token if its bytes are whole characters, else null; the same string each time.</summary>
    internal string? WholeText(int id)
    {
        if (!_parts.Vocabulary.Has(id))
        {
            return "";
        }
        if (_texts[id] is { } known)
        {
            return known;
        }
        ReadOnlySpan<byte> bytes = BytesOf(id);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? _texts[id] = Encoding.UTF8.GetString(bytes) : null;
    }

    // Added tokens as they stand in the text; between them, normalized text, in which some more added tokens may be found.
    private void EncodeAdded(ReadOnlySpan<char> text, bool specialAsText, List<int> ids)
    {
        for (int at = 0; at < text.Length;)
        {
            AddedToken? token = _parts.AddedRaw.Find(text, at, specialAsText, out int start, out int end);
            EncodeNormalized(_parts.Normalizes ? Nfc.Normalize(text[at..start]) : text[at..start], specialAsText, ids);
            if (token is not null)
            {
                ids.Add(token.Id);
            }
            at = end;
        }
    }

    private void EncodeNormalized(ReadOnlySpan<char> text, bool specialAsText, List<int> ids)
    {
        for (int at = 0; at < text.Length;)
        {
            AddedToken? token = _parts.AddedNormalized.Find(text, at, specialAsText, out int start, out int end);
            EncodeText(text[at..start], ids);
            if (token is not null)
            {
                ids.Add(token.Id);
            }
            at = end;
        }
    }

    private void EncodeText(ReadOnlySpan<char> text, List<int> ids)
    {
        bool spaced = _parts.AddsPrefixSpace && text.Length > 0 && text[0] != ' ';
        Split(spaced ? string.Concat(" ", text) : text, 0, ids);
    }

    private void Split(ReadOnlySpan<char> text, int splitter, List<int> ids)
    {
        if (splitter == _parts.Splitters.Count)
        {
            _parts.Encoder.Encode(text, ids);
            return;
        }
        for (int start = 0; start < text.Length;)
        {
            int end = _parts.Splitters[splitter].EndOf(text, start, out bool kept);
            if (kept)
            {
                Split(text[start..end], splitter + 1, ids);
            }
            start = end;
        }
    }
}
