using System.Collections.Concurrent;
using System.Text.Json;
using Cortex.Runtime.Models;
using Cortex.Runtime.Tokenizers;
using Cortex.Testing;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>Vocabularies as GGUF files carry them give the ids of the families' own tokenizer.json.</summary>
public sealed class TokenizerGgufTests
{
    private const string Gguf = "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf";
    private static readonly ConcurrentDictionary<string, Lazy<Tokenizer?>> Rebuilt = new();
    private static readonly Dictionary<string, string> Pre =
        new() { ["gpt2"] = "gpt-2", ["smollm2"] = "smollm", ["qwen2_5"] = "qwen2", ["qwen3"] = "qwen2", ["llama3_1"] = "llama-bpe" };

    [SharedFact(Gguf, "models/tokenizers/smollm2/golden/tokens.json")]
    public void Tokenizer_of_a_GGUF_file_gives_the_reference_ids()
    {
        Tokenizer tokenizer = GgufTokenizer.From(GgufVocabulary.Read(Shared.PathOf(Gguf)), Gguf);
        AssertSame(GoldenFile.Named("tokenizers/smollm2/golden/tokens.json"), tokenizer);
        Assert.Empty(tokenizer.Prefix);
    }

    /// <summary>The vocabulary of a tokenizer.json in the form that a GGUF file has it.</summary>
    [SharedTheory("models/tokenizers")]
    [GoldenFiles("cortex-tokens-1")]
    public void Tokenizer_of_a_vocabulary_in_GGUF_form_gives_the_reference_ids(string file)
    {
        GoldenFile golden = GoldenFile.Named(file);
        Tokenizer? tokenizer = Rebuilt.GetOrAdd(golden.TokenizerFolder!, folder => new Lazy<Tokenizer?>(() =>
            Pre.TryGetValue(Path.GetFileName(golden.Folder), out string? pre) ? GgufTokenizer.From(VocabularyOf(folder, pre), file) : null)).Value;
        if (tokenizer is not null)   // a family that no GGUF name stands for has no such form
        {
            AssertSame(golden, tokenizer);
        }
    }

    [Theory]
    [InlineData("llama", "llama-bpe", "t.gguf: tokenizer.ggml.model 'llama' is not supported; allowed: gpt2 (byte-level BPE)")]
    [InlineData("gpt2", "chameleon", "t.gguf: tokenizer.ggml.pre 'chameleon' is not supported; allowed: gpt-2, smollm, llama-bpe, qwen2")]
    [InlineData("gpt2", null, "t.gguf: tokenizer.ggml.pre 'none' is not supported; allowed: gpt-2, smollm, llama-bpe, qwen2")]
    public void Tokenizer_of_an_unknown_kind_is_refused_by_name(string model, string? pre, string message) =>
        Assert.Equal(message, Refusal(new() { Model = model, Pre = pre, Tokens = ["a"], TokenTypes = [1], Merges = [], StopTokens = [] }));

    [Theory]
    [InlineData("a b c", "t.gguf: tokenizer.ggml.merges[0]: 'a b c' in place of two tokens with a space between")]
    [InlineData("a x", "t.gguf: tokenizer.ggml.merges[0]: token 'x' is not in the vocabulary")]
    [InlineData("b a", "t.gguf: tokenizer.ggml.merges[0]: 'b' and 'a' make 'ba', which is not in the vocabulary")]
    public void Tokenizer_with_a_wrong_merge_is_refused_with_its_place(string merge, string message) =>
        Assert.Equal(message, Refusal(new() { Model = "gpt2", Pre = "gpt-2", Tokens = ["a", "b"], TokenTypes = [1, 1], Merges = [merge], StopTokens = [] }));

    [Fact]
    public void Tokenizer_with_too_few_types_is_refused() => Assert.Equal(
        "t.gguf: tokenizer.ggml.token_type has 1 entries; allowed: one for each of the 2 tokens",
        Refusal(new() { Model = "gpt2", Pre = "gpt-2", Tokens = ["a", "b"], TokenTypes = [1], Merges = [], StopTokens = [] }));

    [Fact]
    public void Tokenizer_knows_control_and_user_defined_tokens_and_gives_unused_ones_no_text()
    {
        Tokenizer tokenizer = GgufTokenizer.From(new()
        {
            Model = "gpt2", Pre = "llama-bpe", Tokens = ["a", "<|x|>", "<y>", "[PAD3]"], TokenTypes = [1, 3, 4, 5], Merges = [], Bos = 1, StopTokens = [],
        }, "t.gguf");
        Assert.Equal([1, 0, 2, 1], tokenizer.Encode("a<y><|x|>", addSpecialTokens: true));
        Assert.Equal([0, 2], tokenizer.Encode("a<y><|x|>", specialAsText: true));   // the bytes of <|x|> have no tokens here
        Assert.Equal("a<y>", tokenizer.Decode([0, 1, 2, 3], skipSpecial: true));
    }

    private static string Refusal(GgufVocabulary vocabulary) => Assert.Throws<TokenizerException>(() => GgufTokenizer.From(vocabulary, "t.gguf")).Message;

    private static void AssertSame(GoldenFile golden, Tokenizer tokenizer)
    {
        foreach (JsonElement one in golden.Root.GetProperty("cases").EnumerateArray())
        {
            string text = one.GetProperty("text").GetString()!;
            Assert.Equal(one.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), tokenizer.Encode(text));
            Assert.Equal(golden.Tokenizer.Encode(text, specialAsText: true), tokenizer.Encode(text, specialAsText: true));
            Assert.Equal(golden.Tokenizer.Encode(text, addSpecialTokens: true), tokenizer.Encode(text, addSpecialTokens: true));
        }
    }

    private static GgufVocabulary VocabularyOf(string folder, string pre)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")));
        JsonElement model = file.RootElement.GetProperty("model");
        SortedDictionary<int, (string Text, long Type)> tokens = [];
        foreach (JsonProperty token in model.GetProperty("vocab").EnumerateObject())
        {
            tokens[token.Value.GetInt32()] = (token.Name, 1);
        }
        foreach (JsonElement token in file.RootElement.GetProperty("added_tokens").EnumerateArray())
        {
            tokens[token.GetProperty("id").GetInt32()] = (token.GetProperty("content").GetString()!, token.GetProperty("special").GetBoolean() ? 3 : 4);
        }
        Assert.Equal(tokens.Count - 1, tokens.Keys.Last());
        return new GgufVocabulary
        {
            Model = "gpt2",
            Pre = pre,
            Tokens = [.. tokens.Values.Select(token => token.Text)],
            TokenTypes = [.. tokens.Values.Select(token => token.Type)],
            Merges =
            [
                .. model.GetProperty("merges").EnumerateArray()
                    .Select(merge => merge.ValueKind == JsonValueKind.String ? merge.GetString()! : $"{merge[0].GetString()} {merge[1].GetString()}"),
            ],
            Bos = pre == "llama-bpe" ? tokens.First(token => token.Value.Text == "<|begin_of_text|>").Key : null,
            StopTokens = [],
        };
    }
}
