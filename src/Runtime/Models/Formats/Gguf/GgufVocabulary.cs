namespace Cortex.Runtime.Models;

/// <summary>What a GGUF file says of its tokenizer, as it says it.</summary>
public sealed record GgufVocabulary
{
    /// <summary>Kind of tokenizer: <c>gpt2</c> is byte-level BPE, <c>llama</c> SentencePiece.</summary>
    public required string Model { get; init; }

    /// <summary>Which way to split texts before merging, such as <c>smollm</c>, <c>llama-bpe</c>, <c>qwen2</c>; null if not said.</summary>
    public string? Pre { get; init; }

    /// <summary>Texts by id; in byte-level BPE each byte is one letter, as in GPT-2.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>By id: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte; empty if not said.</summary>
    public required IReadOnlyList<long> TokenTypes { get; init; }

    /// <summary>Pairs to merge, the first first, each as two texts with a space between.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    /// <summary>Id of the token that begins texts; null if not said.</summary>
    public int? Bos { get; init; }

    /// <summary>Id of the token that ends texts; null if not said.</summary>
    public int? Eos { get; init; }

    /// <summary>Id of the token for what has none; null if not said.</summary>
    public int? Unknown { get; init; }

    /// <summary>Id of the token that fills up; null if not said.</summary>
    public int? Padding { get; init; }

    /// <summary>Whether texts are to begin with <see cref="Bos"/>; null if not said.</summary>
    public bool? AddBos { get; init; }

    /// <summary>Jinja; null if there is none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Ends of a text, of a turn, of a message.</summary>
    public required IReadOnlyList<int> StopTokens { get; init; }

    /// <summary>Reads the head of a file.</summary>
    /// <param name="path">A GGUF file.</param>
    /// <exception cref="ModelException">It cannot be read or is corrupt.</exception>
    public static GgufVocabulary Read(string path)
    {
        using GgufFile file = new(path);
        return From(file.Keys);
    }

    internal static GgufVocabulary From(GgufKeys keys)
    {
        const string Prefix = "tokenizer.ggml.";
        int? Id(string name) => keys.OptionalInt($"{Prefix}{name}_token_id", 0, int.MaxValue);
        return new()
        {
            Model = keys.OptionalText(Prefix + "model") ?? "none",
            Pre = keys.OptionalText(Prefix + "pre"),
            Tokens = keys.Texts(Prefix + "tokens"),
            TokenTypes = keys.Longs(Prefix + "token_type"),
            Merges = keys.Texts(Prefix + "merges"),
            Bos = Id("bos"),
            Eos = Id("eos"),
            Unknown = Id("unknown"),
            Padding = Id("padding"),
            AddBos = keys.OptionalBool(Prefix + "add_bos_token"),
            ChatTemplate = keys.OptionalText("tokenizer.chat_template"),
            StopTokens = [.. new[] { Id("eos"), Id("eot"), Id("eom") }.OfType<int>().Distinct()],
        };
    }
}
