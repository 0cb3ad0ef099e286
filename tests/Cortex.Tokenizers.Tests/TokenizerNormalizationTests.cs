using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cortex.Runtime.Tokenizers;
using Cortex.Testing;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>Normal form C as Python's unicodedata 14.0 has it (<c>eng/canonical-composition.py --check</c>).</summary>
public sealed class TokenizerNormalizationTests
{
    private static readonly Tokenizer Tokenizer = Normalizing();

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("\u1100\u1161\u11A8", "각")]
    [InlineData("\uAC00\u11A8", "각")]
    [InlineData("a\u0323\u0307", "ạ\u0307")]
    [InlineData("a\u0307\u0323", "ạ\u0307")]     // order by class
    [InlineData("a\u0301\u0301", "á\u0301")]     // the second is blocked
    [InlineData("\u212B", "Å")]                  // a singleton
    [InlineData("\u0344", "\u0308\u0301")]       // never composed again
    [InlineData("\u0958", "\u0915\u093C")]       // excluded from composition
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011131\U00011127", "\U0001112E")]
    [InlineData("ﬁ①", "ﬁ①")]                     // compatibility forms stay
    [InlineData("中文 😀 é", "中文 😀 é")]
    public void Tokenizer_composes(string text, string composed) => Assert.Equal(composed, Normal(text));

    [Fact]
    public void Tokenizer_normalizes_every_character_as_the_reference() => Assert.Equal(
        "900f12a0fd5b368b56e972d9dcc9cc0584951930f9d9724d079e44f36f332796",
        Digest(string.Join('\n', Enumerable.Range(0, 0x110000).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32))));

    [Fact]
    public void Tokenizer_normalizes_sequences_as_the_reference()
    {
        int[] active = Active();
        Assert.Equal(3231, active.Length);
        ulong state = 1;
        StringBuilder text = new();
        for (int i = 0; i < 200_000; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            text.Append(char.ConvertFromUtf32(active[(int)((state >> 33) % (ulong)active.Length)]));
        }
        Assert.Equal("7bd9a3c1fae1f950574922442f6e6c0c9f3241d9705a591f32797453d8845041", Digest(text.ToString()));
        Assert.Equal(Normal(text.ToString()), Normal(Normal(text.ToString())));
    }

    // The characters in which something can happen.
    private static int[] Active()
    {
        SortedSet<int> codes = [.. Enumerable.Range(0x1100, 0x100), .. "AEOaeo".Select(c => (int)c)];
        foreach (string line in File.ReadLines(Path.Combine(Shared.Solution, "src/Runtime/Tokenizers/Normalization/canonical.txt")))
        {
            string[] words = line.Split(' ');
            if (words[0] is "d" or "x")
            {
                codes.Add(Code(words[1]));
            }
            else if (words[0] == "c")
            {
                codes.UnionWith(Enumerable.Range(Code(words[2]), Code(words[3]) - Code(words[2]) + 1));
            }
        }
        return [.. codes];
    }

    private static int Code(string word) => int.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Normal(string text) => Tokenizer.Decode(Tokenizer.Encode(text));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normal(text))));

    private static Tokenizer Normalizing()
    {
        SmallTokenizer small = new(1, "ab", 0);
        small.Json["normalizer"] = new JsonObject { ["type"] = "NFC" };
        return small.Read();
    }
}
