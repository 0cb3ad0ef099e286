using System.Text;
using System.Text.Json.Nodes;
using Cortex.Runtime.Tokenizers;
using Cortex.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>Files that cannot be used are refused in one line that names the place, what is there, and what is allowed.</summary>
public sealed class TokenizerRefusalTests
{
    private static readonly byte[] Telling = "0123456789-.eE+[]{}\",:\n\r \t\0\\u"u8.ToArray();

    [Theory]
    [InlineData("normalizer", """{"type": "NFKC"}""", "normalizer: type 'NFKC' is not supported; allowed: NFC, Sequence, or null")]
    [InlineData("normalizer", """{"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]}""", "normalizer.normalizers[1]: type 'Lowercase' is not supported; allowed: NFC, Sequence, or null")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace"}""", "pre_tokenizer: type 'Metaspace' is not supported; allowed: Split, Digits, ByteLevel, Sequence")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer: no ByteLevel (tokens made of characters) is not supported; allowed: ByteLevel as the last")]
    [InlineData("pre_tokenizer", """{"type": "Digits"}""", "pre_tokenizer: no ByteLevel (tokens made of characters) is not supported; allowed: ByteLevel as the last")]
    [InlineData("pre_tokenizer", """{"type": "Sequence", "pretokenizers": [{"type": "ByteLevel", "add_prefix_space": false}, {"type": "Digits"}]}""", "pre_tokenizer.pretokenizers[1]: 'Digits' after ByteLevel is not supported; allowed: ByteLevel as the last")]
    [InlineData("pre_tokenizer", """{"type": "Sequence", "pretokenizers": [{"type": "Digits"}, {"type": "ByteLevel"}]}""", "pre_tokenizer.pretokenizers[1]: add_prefix_space after another split is not supported; allowed: false")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "a"}, "behavior": "MergedWithNext", "invert": false}""", "pre_tokenizer: behavior 'MergedWithNext' is not supported; allowed: Isolated, Removed")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {}, "behavior": "Isolated"}""", "pre_tokenizer.pattern.String: nothing in place of a string")]
    [InlineData("post_processor", """{"type": "BertProcessing"}""", "post_processor: type 'BertProcessing' is not supported; allowed: ByteLevel, TemplateProcessing, Sequence, or null")]
    [InlineData("post_processor", """{"type": "TemplateProcessing", "single": [{"Sequence": {"id": "B"}}], "special_tokens": {}}""", "post_processor.single[0]: a second sequence in 'single'; allowed: one, with id A")]
    [InlineData("post_processor", """{"type": "TemplateProcessing", "single": [], "special_tokens": {}}""", "post_processor.single: no sequence in it; allowed: one, with id A")]
    [InlineData("post_processor", """{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "x"}}, {"Sequence": {"id": "A"}}], "special_tokens": {"x": {"ids": [99999]}}}""", "post_processor.special_tokens.x.ids[0]: an id without a token")]
    [InlineData("decoder", """{"type": "WordPiece"}""", "decoder: type 'WordPiece' is not supported; allowed: ByteLevel")]
    [InlineData("decoder", "null", "decoder: type 'null' is not supported; allowed: ByteLevel")]
    [InlineData("added_tokens", """[{"id": -1, "content": "<x>"}]""", "added_tokens[0]: id -1; allowed: 0 to 2097151")]
    [InlineData("added_tokens", """[{"id": 65, "content": "<x>"}]""", "added_tokens[0]: token '<x>' has id 65, which another token has; allowed: an id of its own")]
    [InlineData("added_tokens", """[{"id": 1, "content": "A"}]""", "added_tokens[0]: token 'A' has the ids 65 and 1; allowed: one id a token")]
    [InlineData("added_tokens", """[{"id": "1", "content": "A"}]""", "added_tokens[0].id: string in place of a whole number")]
    [InlineData("added_tokens", """[{"id": 1}]""", "added_tokens[0].content: nothing in place of a string")]
    [InlineData("added_tokens", """[{"id": 1, "content": "\ud800"}]""", "added_tokens[0].content: a string with half a surrogate pair; allowed: Unicode text")]
    [InlineData("added_tokens", "7", "added_tokens: number in place of an array")]
    [InlineData("model", """{"type": "Unigram", "vocab": []}""", "model: type 'Unigram' is not supported; allowed: BPE")]
    [InlineData("model", """{"vocab": {}}""", "model: type 'without type and merges' is not supported; allowed: BPE")]
    [InlineData("model", "null", "model: null in place of an object")]
    [InlineData("model", """{"type": "BPE", "merges": []}""", "model.vocab: nothing in place of an object")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {"a": 9999999}}""", "model.vocab: token 'a' has id 9999999; allowed: 0 to 2097151")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {"a": 1, "b": 1}}""", "model.vocab: token 'b' has id 1, which another token has; allowed: an id of its own")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {"a": 1.5}}""", "model.vocab: 1.5 in place of a whole number")]
    [InlineData("model", """{"type": "BPE", "merges": ["ab"], "vocab": {"a": 1}}""", "model.merges[0]: 'ab' in place of two tokens with a space between")]
    [InlineData("model", """{"type": "BPE", "merges": [["a"]], "vocab": {"a": 1}}""", "model.merges[0]: 1 tokens in place of 2")]
    [InlineData("model", """{"type": "BPE", "merges": [["a", "a"]], "vocab": {"a": 1}}""", "model.merges[0]: 'a' and 'a' make 'aa', which is not in the vocabulary")]
    [InlineData("model", """{"type": "BPE", "merges": ["a x"], "vocab": {"a": 1}}""", "model.merges[0]: token 'x' is not in the vocabulary")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {}, "byte_fallback": true}""", "model.byte_fallback: true is not supported (tokens made of characters, not of bytes); allowed: false")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {}, "dropout": 0.1}""", "model.dropout: not supported; allowed: null or 0")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {}, "end_of_word_suffix": "</w>"}""", "model.end_of_word_suffix: '</w>' is not supported; allowed: null or empty")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {}, "unk_token": "<unk>"}""", "model.unk_token: token '<unk>' is not in the vocabulary")]
    [InlineData("model", """{"type": "BPE", "merges": [], "vocab": {}, "ignore_merges": 1}""", "model.ignore_merges: number in place of true or false")]
    public void Tokenizer_refuses_a_file_by_name(string member, string json, string message)
    {
        SmallTokenizer small = new(1, "ab", 3);
        string text = Encoding.UTF8.GetString(small.Bytes());
        small.Json[member] = "HERE";
        text = Encoding.UTF8.GetString(small.Bytes()).Replace("\"HERE\"", json, StringComparison.Ordinal);
        Assert.Equal($"t.json: {message}", Refusal(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("(?<=a)b", "'(?<='")]
    [InlineData("a+?", "'+?'")]
    [InlineData("a{1,2}+", "'}+'")]
    [InlineData("(ab)+", "a group that is repeated otherwise than by ?")]
    [InlineData(@"\p{Han}", @"'\p{Han}'")]
    [InlineData(@"\h", @"'\h'")]
    [InlineData("[a-z&&b]", "a set inside a set")]
    [InlineData("[[:alpha:]]", "a set inside a set")]
    [InlineData("[z-a]", "a range without an end")]
    [InlineData("[a", "a [ without its ]")]
    [InlineData("(a", "a ( without its )")]
    [InlineData("a)", "an unmatched )")]
    [InlineData("*a", "'*'")]
    [InlineData("^a", "'^'")]
    [InlineData("a{x}", "a { that is no {n}, {n,} or {n,m}")]
    [InlineData("a{9999}", "a count above 1000")]
    [InlineData("(?i:é)", "a character beyond ASCII where case is ignored")]
    public void Tokenizer_refuses_what_it_does_not_know_in_a_pattern(string pattern, string what)
    {
        string message = Refusal(new SmallTokenizer(1, "ab", 3).SplitBy(pattern).Bytes());
        Assert.StartsWith($"t.json: pre_tokenizer.pretokenizers[0].pattern: pattern {pattern} has {what} at character ", message, StringComparison.Ordinal);
        Assert.EndsWith(", which is not supported", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")]
    [InlineData(@"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+")]
    [InlineData(@"[一-龥぀-ゟ゠-ヿ]+|\x{41}|\u0042|\p{^L}|\P{L}|(?=a)a|\s++$|.")]
    public void Tokenizer_reads_patterns_of_other_families(string pattern)
    {
        Tokenizer tokenizer = new SmallTokenizer(1, "ab", 3).SplitBy(pattern).Read();
        const string Text = "It'S 12345 café 中文ひら!!\r\n  x_y #tag  \n";
        Assert.Equal(Text, tokenizer.Decode(tokenizer.Encode(Text)));
    }

    [Theory]
    [InlineData("", "t.json:1: not valid JSON at byte 1; allowed: one JSON object")]
    [InlineData("{\n  \"model\": }", "t.json:2: not valid JSON at byte 12; allowed: one JSON object")]
    [InlineData("[]", "t.json: the file: array in place of an object")]
    [InlineData("{}", "t.json: model: nothing in place of an object")]
    public void Tokenizer_refuses_what_is_no_tokenizer_at_all(string json, string message) => Assert.Equal(message, Refusal(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Tokenizer_that_is_not_there_is_refused()
    {
        string file = Path.Combine(Path.GetTempPath(), "no", "tokenizer.json");
        Assert.StartsWith($"{file}: Could not find", Assert.Throws<TokenizerException>(() => TokenizerJson.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokenizer_file_that_is_damaged_loads_or_is_refused() =>
        AssertSurvives(new SmallTokenizer(2, "ab \n", 20).SplitBy(SmallTokenizer.O200k).Add("<x>", special: true, "lstrip").Bytes());

    [SharedTheory("models/tiny/*.json")]
    [SharedFiles("models/tiny", "tokenizer.json")]
    public void Tokenizer_file_of_a_model_that_is_damaged_loads_or_is_refused(string file) => AssertSurvives(File.ReadAllBytes(Shared.PathOf($"models/tiny/{file}")));

    private static void AssertSurvives(byte[] plain)
    {
        Property property = Prop.ForAll(ArbMap.Default.ArbFor<(int At, byte How, byte Value)[]>(), changes =>
        {
            byte[] damaged = changes.Aggregate(plain, (bytes, change) => Change(bytes, change.At, change.How, change.Value));
            try
            {
                Tokenizer tokenizer = TokenizerJson.Read(damaged, "t.json");
                return tokenizer.Encode("ab <x> 12\n").Length >= 0;
            }
            catch (TokenizerException fault)
            {
                return fault.Message.StartsWith("t.json", StringComparison.Ordinal) && !fault.Message.Any(char.IsControl);
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("CI") is null ? 100 : 1_000), property);
    }

    // Overwrites, removes, doubles or cuts.
    private static byte[] Change(byte[] bytes, int at, byte how, byte value)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }
        int place = (int)((uint)at * 2654435761u % (uint)bytes.Length), length = Math.Min(value % 16, bytes.Length - place);
        return (how % 5) switch
        {
            0 => [.. bytes[..place], Telling[value % Telling.Length], .. bytes[(place + 1)..]],
            1 => [.. bytes[..place], value, .. bytes[(place + 1)..]],
            2 => [.. bytes[..place], .. bytes[(place + length)..]],
            3 => [.. bytes[..(place + length)], .. bytes[place..]],
            _ => value % 8 == 0 ? bytes[..place] : [.. bytes[..place], Telling[value % Telling.Length], .. bytes[place..]],
        };
    }

    private static string Refusal(byte[] utf8) => Assert.Throws<TokenizerException>(() => TokenizerJson.Read(utf8, "t.json")).Message;
}
