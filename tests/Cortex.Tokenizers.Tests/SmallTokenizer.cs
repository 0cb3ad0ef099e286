using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cortex.Runtime.Tokenizers;

namespace Cortex.Tokenizers.Tests;

/// <summary>
/// A tokenizer.json made up from a seed: all bytes, and merges of tokens drawn at random. Beside it the slow reference: look at all pairs,
/// merge the best, look again.
/// </summary>
internal sealed class SmallTokenizer
{
    public const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    public const string Llama3 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    public const string Qwen2 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>OpenAI's later pattern, as a model that is in none of the families here has it.</summary>
    public const string O200k =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
        + @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
        + @"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<(string, string), int> _ranks = [];

    /// <param name="seed">Which merges.</param>
    /// <param name="alphabet">Characters (below U+0080) that merges are made of.</param>
    /// <param name="merges">How many.</param>
    public SmallTokenizer(int seed, string alphabet, int merges)
    {
        Random random = new(seed);
        List<string> tokens = [.. alphabet.Select(c => Written((byte)c))];
        JsonObject vocabulary = [];
        for (int b = 0; b < 256; b++)
        {
            vocabulary[Written((byte)b)] = b;
        }
        JsonArray list = [];
        for (int tries = 0; list.Count < merges && tries < 20 * merges; tries++)
        {
            (string left, string right) = (tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
            if (_ranks.TryAdd((left, right), list.Count))
            {
                list.Add(random.Next(2) == 0 ? $"{left} {right}" : new JsonArray(left, right));   // both forms, mixed
                if (!vocabulary.ContainsKey(left + right))
                {
                    vocabulary[left + right] = vocabulary.Count;
                    tokens.Add(left + right);
                }
            }
        }
        Json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = false },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = list },
        };
    }

    /// <summary>The file, to be changed before it is read.</summary>
    public JsonObject Json { get; }

    /// <summary>Splits by a pattern before merging.</summary>
    public SmallTokenizer SplitBy(string pattern)
    {
        Json["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = false }),
        };
        return this;
    }

    /// <summary>Adds a token, with flags such as <c>lstrip</c>.</summary>
    public SmallTokenizer Add(string content, bool special, params string[] flags)
    {
        JsonObject token = new() { ["id"] = 10_000 + Json["added_tokens"]!.AsArray().Count, ["content"] = content, ["special"] = special };
        foreach (string flag in flags)
        {
            token[flag] = true;
        }
        Json["added_tokens"]!.AsArray().Add(token);
        return this;
    }

    public byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(Json, Plain);

    public Tokenizer Read() => TokenizerJson.Read(Bytes(), "small.json");

    /// <summary>The ids of one piece, by the slow way.</summary>
    public IEnumerable<int> Slowly(string piece)
    {
        List<string> symbols = [.. System.Text.Encoding.UTF8.GetBytes(piece).Select(Written)];
        while (true)
        {
            int best = -1, rank = int.MaxValue;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (_ranks.TryGetValue((symbols[i], symbols[i + 1]), out int found) && found < rank)
                {
                    (best, rank) = (i, found);
                }
            }
            if (best < 0)
            {
                return symbols.Select(symbol => Json["model"]!["vocab"]![symbol]!.GetValue<int>());
            }
            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }

    private static string Written(byte b) => b is >= (byte)'!' and <= (byte)'~' or >= 0xA1 and <= 0xAC or >= 0xAE
        ? $"{(char)b}"
        : $"{(char)(0x100 + Enumerable.Range(0, b).Count(other => other is not (>= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE)))}";
}
