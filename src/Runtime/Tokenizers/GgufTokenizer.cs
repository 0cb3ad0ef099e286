using Cortex.Runtime.Models;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Makes a tokenizer of the vocabulary in a GGUF file. The file names its way to split text (<c>tokenizer.ggml.pre</c>) and leaves the rules
/// to the reader; here they are those of the family's own <c>tokenizer.json</c>, so that ids are the same from either file.
/// </summary>
public static class GgufTokenizer
{
    private const string Llama3 =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string Qwen2 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const long Unknown = 2, Control = 3, UserDefined = 4, Unused = 5;

    /// <summary>Makes the tokenizer.</summary>
    /// <param name="file">What to call the file in errors.</param>
    /// <exception cref="TokenizerException">The kind of tokenizer, or its way to split text, is not supported; or the lists do not fit together.</exception>
    public static Tokenizer From(GgufVocabulary source, string file)
    {
        if (source.Model != "gpt2")
        {
            throw new TokenizerException(file, $"tokenizer.ggml.model '{source.Model}' is not supported; allowed: gpt2 (byte-level BPE)");
        }
        (string pattern, bool digits, bool normalizes, bool wholePieces) = source.Pre switch
        {
            "gpt-2" => (PatternSplitter.Gpt2, false, false, false),
            "smollm" => (PatternSplitter.Gpt2, true, false, false),
            "llama-bpe" => (Llama3, false, false, true),
            "qwen2" => (Qwen2, false, true, false),
            var other => throw new TokenizerException(file, $"tokenizer.ggml.pre '{other ?? "none"}' is not supported; allowed: gpt-2, smollm, llama-bpe, qwen2"),
        };
        if (source.TokenTypes.Count != source.Tokens.Count)
        {
            throw new TokenizerException(file, $"tokenizer.ggml.token_type has {source.TokenTypes.Count} entries; allowed: one for each of the {source.Tokens.Count} tokens");
        }
        Vocabulary vocabulary = new(source.Tokens.Count);
        AddWhere(vocabulary, source, file, type => type is not (Unknown or Control or UserDefined or Unused));
        MergeTable merges = ReadMerges(vocabulary, source.Merges, file);
        List<AddedToken> added =
        [
            .. source.Tokens.Select((text, id) => new AddedToken(id, text, Special: source.TokenTypes[id] != UserDefined))
                .Where(token => source.TokenTypes[token.Id] is Unknown or Control or UserDefined),
        ];
        BytePairEncoder encoder = new(vocabulary, merges, wholePieces, added, unknown: null);
        AddWhere(vocabulary, source, file, type => type is Unknown or Control or UserDefined);
        PatternSplitter splitter = new(PatternParser.Compile(pattern, file), keepsMatches: true, keepsRest: true);
        int[] prefix = (source.AddBos ?? wholePieces) && source.Bos is { } bos ? [bos] : [];
        return new Tokenizer(TokenizerParts.Of(
            vocabulary, encoder, added, digits ? [new DigitsSplitter(individual: true), splitter] : [splitter], normalizes, prefix: prefix));
    }

    private static void AddWhere(Vocabulary vocabulary, GgufVocabulary source, string file, Func<long, bool> wanted)
    {
        for (int id = 0; id < source.Tokens.Count; id++)
        {
            if (wanted(source.TokenTypes[id]) && vocabulary.Add(source.Tokens[id], id) is { } fault)
            {
                throw new TokenizerException(file, $"tokenizer.ggml.tokens[{id}]: {fault}");
            }
        }
    }

    private static MergeTable ReadMerges(Vocabulary vocabulary, IReadOnlyList<string> merges, string file)
    {
        MergeTable table = new(merges.Count);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            string? fault = MergeTable.TrySplit(merges[rank], out string left, out string right)
                ? table.Add(vocabulary, left, right, rank)
                : $"'{merges[rank]}' in place of two tokens with a space between";
            if (fault is not null)
            {
                throw new TokenizerException(file, $"tokenizer.ggml.merges[{rank}]: {fault}");
            }
        }
        return table;
    }
}
