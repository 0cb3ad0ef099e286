using System.Text.Json;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Reads a Hugging Face <c>tokenizer.json</c>: byte-level BPE with the pre-tokenizers, normalizers and post-processors that the Llama 3,
/// Qwen, SmolLM and GPT-2 families use. Anything else in it is refused by name. <c>truncation</c> and <c>padding</c> are left aside: they
/// are about batches, and are switched off where texts are served.
/// </summary>
public static class TokenizerJson
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="TokenizerException">The file cannot be read, is corrupt, or asks for something that is not supported.</exception>
    public static Tokenizer Read(string file)
    {
        using JsonDocument document = JsonNode.Open(file);
        return Read(new JsonNode(document.RootElement, file, ""));
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="TokenizerException">The file is corrupt, or asks for something that is not supported.</exception>
    public static Tokenizer Read(ReadOnlyMemory<byte> utf8, string name)
    {
        using JsonDocument document = JsonNode.Parse(utf8, name);
        return Read(new JsonNode(document.RootElement, name, ""));
    }

    private static Tokenizer Read(JsonNode root)
    {
        Vocabulary vocabulary = ModelJson.ReadVocabulary(root["model"]);
        JsonNode list = root["added_tokens"];
        List<AddedToken> added = [.. list.Items().Select(ReadAdded)];
        BytePairEncoder encoder = ModelJson.ReadEncoder(root["model"], vocabulary, added);
        for (int i = 0; i < added.Count; i++)
        {
            if (vocabulary.Add(added[i].Content, added[i].Id) is { } fault)
            {
                throw list.At(i).Fault(fault);
            }
        }
        PipelineJson.CheckDecoder(root["decoder"]);
        (List<Splitter> splitters, bool addsPrefixSpace) = PipelineJson.ReadPreTokenizer(root["pre_tokenizer"]);
        (int[] prefix, int[] suffix) = PostProcessorJson.Read(root["post_processor"], vocabulary);
        return new Tokenizer(TokenizerParts.Of(
            vocabulary, encoder, added, splitters, PipelineJson.ReadNormalizer(root["normalizer"]), addsPrefixSpace, prefix, suffix));
    }

    private static AddedToken ReadAdded(JsonNode node)
    {
        long id = node["id"].Integer();
        return new AddedToken(
            id is >= 0 and < Vocabulary.MaximalSize ? (int)id : throw node.Fault($"id {id}; allowed: 0 to {Vocabulary.MaximalSize - 1}"),
            node["content"].Text(), node["special"].Flag(false), node["normalized"].Flag(false), node["lstrip"].Flag(false),
            node["rstrip"].Flag(false), node["single_word"].Flag(false));
    }
}
