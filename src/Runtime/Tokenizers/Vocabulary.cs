namespace Cortex.Runtime.Tokenizers;

/// <summary>The tokens of a model: their written form, their ids, their bytes. Ids may have holes.</summary>
internal sealed class Vocabulary
{
    /// <summary>Ids are below this: room for ten times the largest vocabulary in use, and a wrong number cannot ask for all memory.</summary>
    public const int MaximalSize = 1 << 21;

    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private byte[]?[] _bytes;

    public Vocabulary(int expected)
    {
        _ids = new(expected, StringComparer.Ordinal);
        _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _bytes = new byte[]?[Math.Clamp(expected, 16, MaximalSize)];
    }

    /// <summary>One more than the highest id.</summary>
    public int Size { get; private set; }

    /// <summary>Characters of the longest token, as it is written.</summary>
    public int LongestToken { get; private set; }

    /// <summary>Whether an id has a token.</summary>
    public bool Has(int id) => (uint)id < (uint)Size && _bytes[id] is not null;

    /// <summary>The bytes of a token; none for an id without one, so that a model may have more ids than its tokenizer.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => Has(id) ? _bytes[id] : default(ReadOnlySpan<byte>);

    public bool TryGet(string token, out int id) => _ids.TryGetValue(token, out id);

    public bool TryGet(ReadOnlySpan<char> token, out int id) => _lookup.TryGetValue(token, out id);

    /// <summary>Adds a token. What stands in the way, as the end of a sentence; null if it was added, or is there with this very id.</summary>
    public string? Add(string token, long id)
    {
        if (id is < 0 or >= MaximalSize)
        {
            return $"token '{token}' has id {id}; allowed: 0 to {MaximalSize - 1}";
        }
        if (_ids.TryGetValue(token, out int known))
        {
            return known == id ? null : $"token '{token}' has the ids {known} and {id}; allowed: one id a token";
        }
        if (Has((int)id))
        {
            return $"token '{token}' has id {id}, which another token has; allowed: an id of its own";
        }
        if (id >= _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(id + 1, 2L * _bytes.Length), MaximalSize));
        }
        _ids.Add(token, (int)id);
        _bytes[id] = ByteAlphabet.BytesOf(token);
        (Size, LongestToken) = (Math.Max(Size, (int)id + 1), Math.Max(LongestToken, token.Length));
        return null;
    }
}
