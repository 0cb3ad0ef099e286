namespace Cortex.Runtime.Tokenizers;

/// <summary>What a <c>tokenizer.json</c> does to text before the merges, and the decoder. Each kind that is not known is refused by name.</summary>
internal static class PipelineJson
{
    /// <summary>Whether text is put in normal form C.</summary>
    public static bool ReadNormalizer(JsonNode normalizer)
    {
        if (normalizer.IsNull)
        {
            return false;
        }
        string type = normalizer["type"].Text();
        return type switch
        {
            "NFC" => true,
            "Sequence" => normalizer["normalizers"].Items().Select(ReadNormalizer).ToArray().Any(normalizes => normalizes),
            _ => throw normalizer.Fault($"type '{type}' is not supported; allowed: NFC, Sequence, or null"),
        };
    }

    /// <summary>Refuses a decoder by which text would not be the tokens' bytes one after another.</summary>
    public static void CheckDecoder(JsonNode decoder)
    {
        string type = decoder.IsNull ? "null" : decoder["type"].Text();
        if (type == "Sequence" && decoder["decoders"].Items().ToArray() is [var only])
        {
            CheckDecoder(only);
        }
        else if (type != "ByteLevel")
        {
            throw decoder.Fault($"type '{type}' is not supported; allowed: ByteLevel");
        }
    }

    /// <summary>The splits, and whether text that starts without a space gets one.</summary>
    public static (List<Splitter> Splitters, bool AddsPrefixSpace) ReadPreTokenizer(JsonNode node)
    {
        List<Splitter> splitters = [];
        bool bytes = false, addsPrefixSpace = false;
        foreach (JsonNode step in Steps(node))
        {
            string type = step["type"].Text();
            if (bytes)
            {
                throw step.Fault($"'{type}' after ByteLevel is not supported; allowed: ByteLevel as the last");
            }
            switch (type)
            {
                case "Split":
                    splitters.Add(ReadSplit(step));
                    break;
                case "Digits":
                    splitters.Add(new DigitsSplitter(step["individual_digits"].Flag(false)));
                    break;
                case "ByteLevel":
                    bytes = true;
                    addsPrefixSpace = step["add_prefix_space"].Flag(true);
                    if (addsPrefixSpace && splitters.Count > 0)
                    {
                        throw step.Fault("add_prefix_space after another split is not supported; allowed: false");
                    }
                    if (step["use_regex"].Flag(true))
                    {
                        splitters.Add(new PatternSplitter(PatternParser.Compile(PatternSplitter.Gpt2, step.File), keepsMatches: true, keepsRest: true));
                    }
                    break;
                default:
                    throw step.Fault($"type '{type}' is not supported; allowed: Split, Digits, ByteLevel, Sequence");
            }
        }
        return bytes ? (splitters, addsPrefixSpace) : throw node.Fault("no ByteLevel (tokens made of characters) is not supported; allowed: ByteLevel as the last");
    }

    private static IEnumerable<JsonNode> Steps(JsonNode node) =>
        node.IsNull ? [] : node["type"].Text() == "Sequence" ? node["pretokenizers"].Items().SelectMany(Steps) : [node];

    private static PatternSplitter ReadSplit(JsonNode split)
    {
        JsonNode pattern = split["pattern"];
        string expression = pattern["Regex"].TextOrNull() ?? Literal(pattern["String"].Text());
        bool invert = split["invert"].Flag(false);
        string behavior = split["behavior"].Text();
        PatternNode compiled = PatternParser.Compile(expression, $"{split.File}: {pattern.Path}");
        return behavior switch
        {
            "Isolated" => new PatternSplitter(compiled, keepsMatches: true, keepsRest: true),
            "Removed" => new PatternSplitter(compiled, keepsMatches: invert, keepsRest: !invert),
            _ => throw split.Fault($"behavior '{behavior}' is not supported; allowed: Isolated, Removed"),
        };
    }

    private static string Literal(string text) => string.Concat(text.Select(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) ? $"\\{c}" : $"{c}"));
}
