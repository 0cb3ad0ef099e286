namespace Cortex.Runtime.Tokenizers;

/// <summary>What a tokenizer is made of, whatever file it came from.</summary>
internal sealed class TokenizerParts
{
    public required Vocabulary Vocabulary { get; init; }

    public required BytePairEncoder Encoder { get; init; }

    /// <summary>Added tokens that are looked for in the text as given.</summary>
    public required AddedTokenMatcher AddedRaw { get; init; }

    /// <summary>Added tokens that are looked for in normalized text.</summary>
    public required AddedTokenMatcher AddedNormalized { get; init; }

    /// <summary>Ids of special tokens.</summary>
    public required HashSet<int> Special { get; init; }

    /// <summary>How text is cut, one after the other: each cuts the pieces of the one before.</summary>
    public required IReadOnlyList<Splitter> Splitters { get; init; }

    /// <summary>Whether text is put in normal form C.</summary>
    public bool Normalizes { get; init; }

    /// <summary>Whether text that starts without a space gets one.</summary>
    public bool AddsPrefixSpace { get; init; }

    public int[] Prefix { get; init; } = [];

    public int[] Suffix { get; init; } = [];

    /// <summary>Puts the parts together.</summary>
    /// <param name="added">Added tokens, whose ids are in the vocabulary by now.</param>
    public static TokenizerParts Of(
        Vocabulary vocabulary, BytePairEncoder encoder, IReadOnlyList<AddedToken> added, IReadOnlyList<Splitter> splitters, bool normalizes,
        bool addsPrefixSpace = false, int[]? prefix = null, int[]? suffix = null) => new()
        {
            Vocabulary = vocabulary,
            Encoder = encoder,
            AddedRaw = new(added.Where(token => !token.Normalized).Select(token => (token.Content, token))),
            AddedNormalized = new(added.Where(token => token.Normalized)
                .Select(token => (normalizes ? Nfc.Normalize(token.Content).ToString() : token.Content, token))),
            Special = [.. added.Where(token => token.Special).Select(token => token.Id)],
            Splitters = splitters,
            Normalizes = normalizes,
            AddsPrefixSpace = addsPrefixSpace,
            Prefix = prefix ?? [],
            Suffix = suffix ?? [],
        };
}
