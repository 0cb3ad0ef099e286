using System.Text;
using System.Text.RegularExpressions;
using Cortex.Runtime.Tokenizers;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>What holds for every text and every vocabulary. FsCheck prints its seed, and the least case, where it does not.</summary>
public sealed class TokenizerPropertyTests
{
    private const string Alphabet = "abS1 \n\r\t!'s";
    private static readonly int Tries = Environment.GetEnvironmentVariable("CI") is null ? 300 : 1_000;

    // Text in which patterns, bytes and surrogates have something to decide: letters, digits and white space of many kinds.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements(Alphabet.Select(c => $"{c}").ToArray()),
        Gen.Elements("é", "ß", "Ж", "中", "ｓ", "½", "²", "Ⅷ", "٣", "\u0085", "\u3000", "\u00A0", "\u200B", "\u2028", "\u001C", "\u0301", "\uFFFD", "\uFEFF", "\0"),
        Gen.Elements("😀", "𝐀", "𝟗", "𐐷", "🇩🇪", "👩‍💻", "'S", "'ll", "'ſ", "'re", "  ", "\r\n", "..."),
        Gen.Choose(0, 0x10FFFF).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)).ListOf().Select(string.Concat);

    public static TheoryData<string> Patterns => [SmallTokenizer.Gpt2, SmallTokenizer.Llama3, SmallTokenizer.Qwen2, SmallTokenizer.O200k];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Tokenizer_decodes_what_it_encoded(string pattern)
    {
        Tokenizer tokenizer = new SmallTokenizer(1, Alphabet, 100).SplitBy(pattern).Read();
        ForAll(Texts, text => tokenizer.Decode(tokenizer.Encode(text)) == text);
    }

    [Fact]
    public void Tokenizer_replaces_half_a_surrogate_pair_and_nothing_else()
    {
        Tokenizer tokenizer = new SmallTokenizer(1, Alphabet, 100).SplitBy(SmallTokenizer.Llama3).Read();
        Gen<string> units = Gen.OneOf(Gen.Choose(0xD7FE, 0xE001), Gen.Choose(0x20, 0x7F)).Select(unit => (char)unit).ListOf().Select(string.Concat);
        ForAll(units, text => tokenizer.Decode(tokenizer.Encode(text)) == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Tokenizer_merges_as_the_slow_reference_does()
    {
        Gen<(int Seed, string Text)> cases = from seed in Gen.Choose(0, int.MaxValue) from letters in Gen.Elements('a', 'b', 'c').ListOf() select (seed, string.Concat(letters));
        ForAll(cases, one =>
        {
            SmallTokenizer small = new(one.Seed, "abc", merges: 40);
            return small.Read().Encode(one.Text).SequenceEqual(small.Slowly(one.Text));
        });
    }

    /// <summary>.NET's own regular expressions agree on text without astral characters and without the long s, which only one side folds.</summary>
    [Theory]
    [MemberData(nameof(Patterns))]
    public void Tokenizer_splits_as_a_regular_expression_does_where_the_two_mean_the_same(string pattern)
    {
        SmallTokenizer small = new SmallTokenizer(2, Alphabet, 150).SplitBy(pattern);
        Tokenizer tokenizer = small.Read();
        Regex regex = new(pattern, RegexOptions.CultureInvariant);
        Gen<string> texts = Texts.Select(text => string.Concat(text.Where(c => !char.IsSurrogate(c) && c is not ('\u017F' or '\u212A'))));
        ForAll(texts, text => tokenizer.Encode(text).SequenceEqual(regex.Matches(text).SelectMany(match => small.Slowly(match.Value))));
    }

    [Fact]
    public void Tokenizer_streams_what_it_decodes_and_never_half_a_character()
    {
        Tokenizer tokenizer = new SmallTokenizer(3, "ab", 10).Add("<|é😀|>", special: true).Read();
        Gen<int> tokens = Gen.OneOf(Gen.Choose(0, 270), Gen.Constant(10_000), Gen.Elements(0xF0, 0x9F, 0x98, 0x80, 0xE2, 0xED, 0xA0, 0xC3, 0xFF), Gen.Constant(99_999));
        foreach (bool skip in (bool[])[false, true])
        {
            ForAll(tokens.ListOf(), ids =>
            {
                StreamingDecoder stream = tokenizer.Stream(skip);
                string[] pieces = [.. ids.Select(stream.Append), stream.Flush()];
                return string.Concat(pieces) == tokenizer.Decode([.. ids], skip)
                    && pieces.All(piece => !piece.Where((c, i) => char.IsSurrogate(c) && !IsPaired(piece, i)).Any());
            });
        }
    }

    [Fact]
    public void Tokenizer_keeps_untrusted_text_free_of_special_tokens()
    {
        Tokenizer tokenizer = new SmallTokenizer(4, Alphabet, 50).SplitBy(SmallTokenizer.Qwen2).Add("<|a|>", special: true).Add("<b>", special: false).Read();
        Gen<string> texts = Gen.Elements("<|a|>", "<b>", "<|a", "|>", "<", "a", " ").ListOf().Select(string.Concat);
        ForAll(texts, text => tokenizer.Encode(text, specialAsText: true) is var ids && !ids.Any(tokenizer.IsSpecial) && tokenizer.Decode(ids) == text
            && ids.Count(id => id == 10_001) == Regex.Count(text, "<b>"));
    }

    private static bool IsPaired(string text, int at) =>
        (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])) || (at > 0 && char.IsSurrogatePair(text[at - 1], text[at]));

    private static void ForAll<T>(Gen<T> cases, Func<T, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tries), Prop.ForAll(Arb.From(cases), holds));
}
