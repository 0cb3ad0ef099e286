using System.Text.Json;

namespace Cortex.Runtime.Tokenizers;

/// <summary>The <c>model</c> of a <c>tokenizer.json</c>: vocabulary and merges.</summary>
internal static class ModelJson
{
    public static Vocabulary ReadVocabulary(JsonNode model)
    {
        // Old files leave the type out; then the vocabulary is an object for BPE and WordPiece, and only BPE has merges.
        string type = model["type"].TextOrNull() ?? (model["merges"].IsNull ? "without type and merges" : "BPE");
        if (type != "BPE")
        {
            throw model.Fault($"type '{type}' is not supported; allowed: BPE");
        }
        JsonNode vocabulary = model["vocab"];
        Vocabulary tokens = new(vocabulary.Element.ValueKind == JsonValueKind.Object ? vocabulary.Element.GetPropertyCount() : 0);
        foreach ((string token, JsonNode id) in vocabulary.Members())
        {
            if (tokens.Add(token, id.Integer()) is { } fault)
            {
                throw vocabulary.Fault(fault);
            }
        }
        return tokens;
    }

    /// <summary>Reads the merges and makes the encoder. The vocabulary must hold the model's own tokens only, not yet the added ones.</summary>
    public static BytePairEncoder ReadEncoder(JsonNode model, Vocabulary vocabulary, IEnumerable<AddedToken> added)
    {
        RefuseUnsupported(model);
        JsonNode list = model["merges"];
        MergeTable merges = new(list.Element.ValueKind == JsonValueKind.Array ? list.Element.GetArrayLength() : 0);
        int rank = 0;
        foreach (JsonNode merge in list.Items())
        {
            (string left, string right) = ReadMerge(merge);
            if (merges.Add(vocabulary, left, right, rank++) is { } fault)
            {
                throw merge.Fault(fault);
            }
        }
        int? unknown = null;
        if (model["unk_token"].TextOrNull() is { } name)
        {
            unknown = vocabulary.TryGet(name, out int id) ? id : throw model["unk_token"].Fault($"token '{name}' is not in the vocabulary");
        }
        return new BytePairEncoder(vocabulary, merges, model["ignore_merges"].Flag(false), added, unknown);
    }

    // "a b", or since 2024 ["a", "b"].
    private static (string Left, string Right) ReadMerge(JsonNode merge)
    {
        if (merge.Element.ValueKind == JsonValueKind.Array)
        {
            return merge.Element.GetArrayLength() == 2
                ? (merge.At(0).Text(), merge.At(1).Text())
                : throw merge.Fault($"{merge.Element.GetArrayLength()} tokens in place of 2");
        }
        string text = merge.Text();
        return MergeTable.TrySplit(text, out string left, out string right) ? (left, right) : throw merge.Fault($"'{text}' in place of two tokens with a space between");
    }

    private static void RefuseUnsupported(JsonNode model)
    {
        foreach (string name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model[name].TextOrNull() is { Length: > 0 } text)
            {
                throw model[name].Fault($"'{text}' is not supported; allowed: null or empty");
            }
        }
        // With dropout the same text has other ids each time.
        if (model["dropout"] is { IsNull: false, Element: var dropout } && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
        {
            throw model["dropout"].Fault("not supported; allowed: null or 0");
        }
        foreach (string name in (string[])["byte_fallback", "fuse_unk"])
        {
            if (model[name].Flag(false))
            {
                throw model[name].Fault("true is not supported (tokens made of characters, not of bytes); allowed: false");
            }
        }
    }
}
