using System.Text.Json.Nodes;
using Cortex.Runtime.Tokenizers;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>Tokens found in the text as they are written, and what their flags mean.</summary>
public sealed class TokenizerAddedTokenTests
{
    [Theory]
    [InlineData("a<x>b", "a|10000|b")]
    [InlineData("<x><x>", "10000|10000")]
    [InlineData("<x", "<|x")]
    [InlineData("<<x>>", "<|10000|>")]
    [InlineData("a  <x>  b", "a| | |10000| | |b")]
    public void Tokenizer_finds_added_tokens(string text, string expected) => AssertIds(expected, New().Add("<x>", special: true).Read(), text);

    [Fact]
    public void Tokenizer_takes_the_longest_of_the_added_tokens_that_start_at_a_place()
    {
        Tokenizer tokenizer = New().Add("<x>", true).Add("<x><y>", true).Add("xx", true).Read();
        AssertIds("10001|10000|<|10002", tokenizer, "<x><y><x><xx");
    }

    [Theory]
    [InlineData("lstrip", "a \u3000\n<x> b", "a|10000| |b")]
    [InlineData("rstrip", "a <x> \u3000\nb", "a| |10000|b")]
    [InlineData("lstrip", "<x> <x>", "10000|10000")]
    [InlineData("single_word", "<x>", "10000")]
    [InlineData("single_word", "a<x> <x>b <x>", "a|<|x|>| |<|x|>|b| |10000")]
    [InlineData("single_word", "é<x>", "Ã|©|<|x|>")]
    [InlineData("single_word", "-<x>.", "-|10000|.")]
    public void Tokenizer_heeds_the_flags_of_added_tokens(string flag, string text, string expected) =>
        AssertIds(expected, New().Add("<x>", special: true, flag).Read(), text);

    [Fact]
    public void Tokenizer_looks_for_normalized_tokens_in_normalized_text()
    {
        SmallTokenizer small = New().Add("e\u0301", special: false, "normalized").Add("E\u0301", special: false);
        small.Json["normalizer"] = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(new JsonObject { ["type"] = "NFC" }) };
        AssertIds("10000|10000|10001|Ã|\u0089", small.Read(), "ée\u0301E\u0301É");
    }

    [Fact]
    public void Tokenizer_normalizes_between_added_tokens_not_across_them()
    {
        SmallTokenizer small = New().Add("<x>", special: true);
        small.Json["normalizer"] = new JsonObject { ["type"] = "NFC" };
        Tokenizer tokenizer = small.Read();
        Assert.Equal("e<x>\u0301é", tokenizer.Decode(tokenizer.Encode("e<x>\u0301e\u0301")));
    }

    [Fact]
    public void Tokenizer_puts_the_templates_ids_around_a_text_on_request_only()
    {
        SmallTokenizer small = New().Add("<s>", special: true).Add("</s>", special: true);
        small.Json["post_processor"] = JsonNode.Parse("""
            {"type": "Sequence", "processors": [{"type": "ByteLevel"}, {"type": "TemplateProcessing",
             "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
             "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [10000], "tokens": ["<s>"]}, "</s>": {"id": "</s>", "ids": [10001], "tokens": ["</s>"]}}}]}
            """);
        Tokenizer tokenizer = small.Read();
        Assert.Equal([10000, 'a', 10001], tokenizer.Encode("a", addSpecialTokens: true));
        Assert.Equal([10000, 10001], tokenizer.Encode("", addSpecialTokens: true));
        Assert.Equal(['a'], tokenizer.Encode("a"));
        Assert.Equal([10000], tokenizer.Prefix);
        Assert.Equal([10001], tokenizer.Suffix);
    }

    [Fact]
    public void Tokenizer_takes_a_piece_that_is_a_token_whole_if_merges_are_ignored_but_never_an_added_one()
    {
        SmallTokenizer small = New().SplitBy(SmallTokenizer.Llama3).Add("secret", special: true);
        small.Json["model"]!["ignore_merges"] = true;
        small.Json["model"]!["vocab"]!["hello"] = 500;
        Tokenizer tokenizer = small.Read();
        Assert.Equal([500], tokenizer.Encode("hello"));
        Assert.Equal(5, tokenizer.Encode("hella").Length);
        Assert.Equal([10000], tokenizer.Encode("secret"));
        Assert.Equal(6, tokenizer.Encode("secret", specialAsText: true).Length);
    }

    [Fact]
    public void Tokenizer_gives_a_text_its_leading_space_if_the_file_says_so()
    {
        SmallTokenizer small = New().Add("<x>", special: true);
        small.Json["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["use_regex"] = true };
        AssertIds(" |a|10000| |b", small.Read(), "a<x> b");
    }

    [Theory]
    [InlineData("Isolated", false, "a. b.")]
    [InlineData("Isolated", true, "a. b.")]
    [InlineData("Removed", false, "a b")]
    [InlineData("Removed", true, "..")]
    public void Tokenizer_keeps_or_removes_what_a_split_by_text_matches(string behavior, bool invert, string left)
    {
        SmallTokenizer small = New().SplitBy("x");
        JsonNode split = small.Json["pre_tokenizer"]!["pretokenizers"]![0]!;
        (split["pattern"], split["behavior"], split["invert"]) = (new JsonObject { ["String"] = "." }, behavior, invert);
        Assert.Equal(left, small.Read().Decode(small.Read().Encode("a. b.")));
    }

    [Fact]
    public void Tokenizer_drops_bytes_without_a_token_or_takes_the_unknown_one()
    {
        SmallTokenizer small = New();
        small.Json["model"]!["vocab"]!.AsObject().Remove("q");
        Assert.Equal("ab", small.Read().Decode(small.Read().Encode("aqb")));
        small.Json["model"]!["unk_token"] = "?";
        Assert.Equal("a?b", small.Read().Decode(small.Read().Encode("aqb")));
    }

    private static SmallTokenizer New() => new(1, "ab", 0);

    // Ids of added tokens, and for other tokens the character that their byte has in Latin-1.
    private static void AssertIds(string expected, Tokenizer tokenizer, string text) => Assert.Equal(
        expected, string.Join('|', tokenizer.Encode(text).Select(id => id >= 10_000 ? $"{id}" : $"{(char)id}")));
}
