using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cortex.Runtime.Tokenizers;
using Cortex.Testing;
using Xunit;

namespace Cortex.Tokenizers.Tests;

/// <summary>Ids, decoding and streaming as the <c>tokenizers</c> library has them, for every family at hand.</summary>
public sealed class TokenizerReferenceTests
{
    private const string Format = "cortex-tokens-1";

    [SharedTheory("models/tokenizers")]
    [GoldenCases(Format, "cases")]
    [GoldensWithoutTokenizer(Format)]
    public void Tokenizer_gives_the_reference_ids_and_texts(string file, int index, string group)
    {
        _ = group;
        GoldenFile golden = GoldenFile.Named(file);
        Tokenizer tokenizer = golden.Tokenizer;
        JsonElement one = golden.Root.GetProperty("cases")[index];
        string text = one.GetProperty("text").GetString()!;
        int[] ids = Ids(one.GetProperty("ids"));
        Assert.Equal(ids, tokenizer.Encode(text));
        Assert.Equal(ids, tokenizer.Encode(text));   // once more, from the cache
        Assert.Equal([.. tokenizer.Prefix, .. ids, .. tokenizer.Suffix], tokenizer.Encode(text, addSpecialTokens: true));
        int[] asText = one.TryGetProperty("idsSpecialAsText", out JsonElement untrusted) ? Ids(untrusted) : ids;
        Assert.Equal(asText, tokenizer.Encode(text, specialAsText: true));
        string decoded = one.TryGetProperty("decoded", out JsonElement other) ? other.GetString()! : text;
        Assert.Equal(decoded, tokenizer.Decode(ids));
        string skipping = one.TryGetProperty("decodedSkippingSpecial", out JsonElement without) ? without.GetString()! : decoded;
        Assert.Equal(skipping, tokenizer.Decode(ids, skipSpecial: true));
        Assert.Equal(decoded, Streamed(tokenizer.Stream(), ids));
        Assert.Equal(skipping, Streamed(tokenizer.Stream(skipSpecial: true), ids));
    }

    [SharedTheory("models/tokenizers")]
    [GoldenCases(Format, "repeats")]
    [GoldensWithoutTokenizer(Format)]
    public void Tokenizer_gives_the_reference_ids_for_long_repeats(string file, int index, string group)
    {
        _ = group;
        GoldenFile golden = GoldenFile.Named(file);
        JsonElement one = golden.Root.GetProperty("repeats")[index];
        string text = string.Concat(Enumerable.Repeat(one.GetProperty("unit").GetString()!, one.GetProperty("count").GetInt32()));
        int[] ids = golden.Tokenizer.Encode(text);
        int[] head = Ids(one.GetProperty("head")), tail = Ids(one.GetProperty("tail"));
        Assert.Equal(one.GetProperty("tokens").GetInt32(), ids.Length);
        Assert.Equal(head, ids[..head.Length]);
        Assert.Equal(tail, ids[^tail.Length..]);
        byte[] bytes = new byte[4 * ids.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), ids[i]);
        }
        Assert.Equal(one.GetProperty("idsSha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [SharedTheory("models/tokenizers")]
    [GoldenCases(Format, "streams")]
    [GoldensWithoutTokenizer(Format)]
    public void Tokenizer_streams_in_the_reference_pieces(string file, int index, string group)
    {
        _ = group;
        GoldenFile golden = GoldenFile.Named(file);
        Tokenizer tokenizer = golden.Tokenizer;
        JsonElement one = golden.Root.GetProperty("streams")[index];
        int[] ids = Ids(one.GetProperty("ids"));
        Assert.Equal(Strings(one.GetProperty("tokenBytes")), ids.Select(id => Convert.ToHexStringLower(tokenizer.BytesOf(id))));
        StreamingDecoder decoder = tokenizer.Stream();
        Assert.Equal(Strings(one.GetProperty("utf8Pieces")), ids.Select(decoder.Append));
        Assert.Equal(one.GetProperty("utf8Flush").GetString(), decoder.Flush());
        Assert.Equal(one.GetProperty("decoded").GetString(), tokenizer.Decode(ids));
        Assert.Equal(one.GetProperty("decoded").GetString(), Streamed(decoder, ids));   // after a flush it is as new
    }

    /// <summary>The prompts of the models' own goldens, where they come with a text.</summary>
    [SharedTheory("models")]
    [GoldenCases("cortex-golden-1", "prompts")]
    public void Tokenizer_gives_the_ids_of_the_models_prompts(string file, int index, string group)
    {
        _ = group;
        GoldenFile golden = GoldenFile.Named(file);
        JsonElement prompt = golden.Root.GetProperty("prompts")[index];
        int[] ids = Ids(prompt.GetProperty("ids"));
        if (prompt.TryGetProperty("text", out JsonElement text))
        {
            Assert.Equal(ids, golden.Tokenizer.Encode(text.GetString()!));
        }
        Assert.Equal(golden.Tokenizer.Decode(ids), Streamed(golden.Tokenizer.Stream(), ids));
    }

    private static string Streamed(StreamingDecoder decoder, int[] ids)
    {
        StringBuilder text = new();
        foreach (int id in ids)
        {
            text.Append(decoder.Append(id));
        }
        return text.Append(decoder.Flush()).ToString();
    }

    private static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(id => id.GetInt32())];

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
