using System.Diagnostics;
using Cortex.Runtime.Tokenizers;
using Xunit;
using Xunit.Abstractions;

namespace Cortex.Tokenizers.Tests;

/// <summary>Long texts cost what they are long.</summary>
public sealed class TokenizerWorkTests(ITestOutputHelper output)
{
    // Takes a fraction of a second on a free core. One step for each pair of characters, however small, would take minutes there.
    private const int Length = 500_000;
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("a", SmallTokenizer.Gpt2)]      // one piece of letters
    [InlineData("ab", SmallTokenizer.Llama3)]
    [InlineData(" ", SmallTokenizer.Gpt2)]      // one piece of white space, up to the look-ahead
    [InlineData(" ", SmallTokenizer.Llama3)]    // tried for a line break first
    [InlineData("\n", SmallTokenizer.Qwen2)]
    [InlineData(" \n", SmallTokenizer.Qwen2)]
    [InlineData("!", SmallTokenizer.Llama3)]
    [InlineData("1", SmallTokenizer.Llama3)]    // pieces of three
    [InlineData("<|", SmallTokenizer.Qwen2)]    // almost an added token, everywhere
    [InlineData("e\u0301", SmallTokenizer.Qwen2)]
    [InlineData("\u0301\u0323", SmallTokenizer.Qwen2)]   // combining characters that normalization has to sort
    [InlineData("Aa", SmallTokenizer.O200k)]
    public void Tokenizer_takes_time_in_proportion(string unit, string pattern)
    {
        SmallTokenizer small = new SmallTokenizer(5, "ab! \n1", 60).SplitBy(pattern).Add("<|x|>", special: true);
        small.Json["normalizer"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "NFC" };
        Tokenizer tokenizer = small.Read();
        string text = Repeated(unit, Length);
        // The faster of two, since a machine may be busy with something else.
        TimeSpan time = Enumerable.Range(0, 2).Min(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            tokenizer.Encode(text);
            return Stopwatch.GetElapsedTime(start);
        });
        output.WriteLine($"{time.TotalMilliseconds:0} ms");
        Assert.True(time < Most, $"{Length} characters took {time}");
    }

    [Fact]
    public void Tokenizer_serves_several_threads_at_once()
    {
        Tokenizer tokenizer = new SmallTokenizer(7, "abs 1", 80).SplitBy(SmallTokenizer.Llama3).Add("<x>", special: true).Read();
        Tokenizer alone = new SmallTokenizer(7, "abs 1", 80).SplitBy(SmallTokenizer.Llama3).Add("<x>", special: true).Read();
        string[] texts = [.. Enumerable.Range(0, 2_000).Select(i => $"{new string('a', i % 7)}b {i}<x>é{i % 13}ss ba")];
        int[][] ids = new int[texts.Length][];
        string[] decoded = new string[texts.Length];
        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            ids[i] = tokenizer.Encode(texts[i]);
            StreamingDecoder stream = tokenizer.Stream();
            decoded[i] = string.Concat(ids[i].Select(stream.Append)) + stream.Flush();
        });
        Assert.Equal(texts.Select(text => alone.Encode(text)), ids);
        Assert.Equal(texts, decoded);
    }

    [Fact]
    public void Tokenizer_takes_no_memory_for_pieces_it_has_seen()
    {
        Tokenizer tokenizer = new SmallTokenizer(6, "abs ", 60).SplitBy(SmallTokenizer.Llama3).Read();
        string text = Repeated("abba sab 12 baba! ", 1_000);
        int tokens = tokenizer.Encode(text).Length;
        long before = GC.GetAllocatedBytesForCurrentThread();
        tokenizer.Encode(text);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes < 20L * tokens, $"{bytes} bytes for {tokens} tokens");   // a list that grows and the array given back
    }

    private static string Repeated(string unit, int count) => string.Concat(Enumerable.Repeat(unit, count / unit.Length));
}
