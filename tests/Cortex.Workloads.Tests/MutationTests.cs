using Cortex.Policies.Random;
using Cortex.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cortex.Workloads.Tests;

/// <summary>Damaged files: whatever is done to a trace, it loads or is refused with one line, and nothing else happens.</summary>
public sealed class MutationTests
{
    private const int Tries = 400;

    private static readonly byte[] Telling = "0123456789-.eE+[]{}\",:\n\r \t\0\\u"u8.ToArray();

    public static TheoryData<string> All => [.. Traces.Extracts, "nl2sql"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_damaged_trace_loads_or_is_refused(string trace)
    {
        byte[] plain = Source(trace);
        Assert.InRange(Refusals(plain, trace, changes: 3), Tries / 10, Tries);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_damaged_gzip_file_loads_or_is_refused(string trace) => Refusals(Traces.Gzipped(Source(trace)), trace + ".gz", changes: 2);

    /// <summary>
    /// Real files: slices of at most 64 KB behind the first line, damaged. FsCheck draws slice and damage; it prints its seed, and the least of both, if
    /// one breaks the reader. Every format that there is, in CI 10,000 times each.
    /// </summary>
    [SharedTheory("traces/manifest.json")]
    [InlineData("traces/mooncake/conversation_trace.jsonl.gz")]
    [InlineData("traces/azure/AzureLLMInferenceTrace_conv.2023.csv.gz")]
    [InlineData("traces/weka-claude-code/sessions_v8_local.jsonl.gz")]
    [InlineData("traces/weka-claude-code/sessions_v6_global.jsonl.gz")]
    [InlineData("traces/thunderagent-sweagent/sessions.jsonl.gz")]
    [InlineData("traces/agentcgroup/sessions.jsonl.gz")]
    [InlineData("traces/hexgen-text2sql/trace1.jsonl.gz")]
    [InlineData("traces/llmservingsim/workloads/sharegpt-llama-3.1-8b-300-sps10.jsonl.gz")]
    [InlineData("traces/llmservingsim/workloads/workload_me2_01_mixed.jsonl.gz")]
    [InlineData("traces/vidur/processed_traces/splitwise_conv.csv.gz")]
    [InlineData("peers/vidur/inputs/conv_x2.csv.gz")]
    [InlineData("peers/aisimulate/inputs/weka20.v2.jsonl.gz")]
    [InlineData("peers/aisimulate/inputs/toolagent_like.jsonl.gz")]
    public void A_damaged_slice_of_a_real_file_loads_or_is_refused(string file) => Fuzz(Unpacked(Shared.PathOf(file)), file);

    [Theory]
    [MemberData(nameof(All))]
    public void A_damaged_slice_of_an_extract_loads_or_is_refused(string trace) => Fuzz(Source(trace), trace);

    private static void Fuzz(byte[] text, string name)
    {
        Property property = Prop.ForAll(
            ArbMap.Default.ArbFor<(int Start, byte Size, (int At, byte How, byte Value)[] Changes)>(),
            drawn => Survives(drawn.Changes.Aggregate(Slice(text, drawn.Start, drawn.Size), (bytes, change) => Change(bytes, change.At, change.How, change.Value)), name));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("CI") is null ? Tries / 4 : 10_000), property);
    }

    /// <summary>The first megabytes.</summary>
    private static byte[] Unpacked(string path)
    {
        using System.IO.Compression.GZipStream text = new(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        byte[] bytes = new byte[4 * 1024 * 1024];
        return bytes[..text.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>The first line, if it is short, then whole lines from somewhere: 64 KB at most, most often less.</summary>
    private static byte[] Slice(byte[] text, int start, byte size)
    {
        int most = (64 * 1024) >> (size % 7);
        int head = Math.Min(Array.IndexOf(text, (byte)'\n') + 1, most / 2);
        int from = head + (int)((uint)start * 2_654_435_761u % (uint)Math.Max(text.Length - head, 1));
        from = Array.IndexOf(text, (byte)'\n', Math.Min(from, text.Length - 1)) + 1;
        int length = Math.Min(most - head, text.Length - from);
        return [.. text[..head], .. text[from..(from + length)]];
    }

    private static byte[] Change(byte[] bytes, int at, byte how, byte value)
    {
        int place = bytes.Length == 0 ? 0 : (int)((uint)at * 2_654_435_761u % (uint)bytes.Length);
        return (how % 4) switch
        {
            0 => bytes[..place],
            1 => [.. bytes[..place], value, .. bytes[Math.Min(place + 1, bytes.Length)..]],
            2 => [.. bytes[..place], Telling[value % Telling.Length], .. bytes[place..]],
            _ => [.. bytes[..place], .. bytes[Math.Min(place + value, bytes.Length)..]],
        };
    }

    private static bool Survives(byte[] damaged, string name)
    {
        try
        {
            return TraceFile.Load(damaged, name).Workflows.Length > 0;
        }
        catch (TraceException e)
        {
            return !e.Message.Contains('\n');
        }
    }

    private static byte[] Source(string trace)
    {
        if (trace != "nl2sql")
        {
            return Traces.Bytes(trace);
        }
        using MemoryStream output = new();
        WorkloadGenerator.Write("nl2sql", 3, 10, output);
        return output.ToArray();
    }

    private static int Refusals(byte[] good, string name, int changes)
    {
        RandomStream random = new(5, name);
        int refused = 0;
        for (int i = 0; i < Tries; i++)
        {
            byte[] damaged = good;
            for (int change = random.NextInt(changes); change >= 0; change--)
            {
                damaged = Damage(damaged, random);
            }
            try
            {
                Workload workload = TraceFile.Load(damaged, name);
                Assert.All(workload.Nodes, node => Assert.True(node.Kind != NodeKind.Llm || (node.PromptTokens > 0 && node.OutputTokens > 0)));
            }
            catch (TraceException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
                Assert.True(e.Line >= 0);
            }
        }
        return refused;
    }

    private static byte[] Damage(byte[] bytes, RandomStream random)
    {
        int at = random.NextInt(bytes.Length);
        int length = Math.Min(1 + random.NextInt(12), bytes.Length - at);
        byte[] part = bytes[at..(at + length)];
        switch (random.NextInt(6))
        {
            case 0:
                return bytes[..Math.Max(at, 1)];
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..], (byte)'\n'];
            case 2:
                return [.. bytes[..at], .. part, .. part, .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..at], (byte)random.NextInt(256), .. bytes[(at + 1)..]];
            case 4:
                int other = random.NextInt(bytes.Length - length + 1);
                return [.. bytes[..at], .. bytes[other..(other + length)], .. bytes[(at + length)..]];
            default:
                return [.. bytes[..at], Telling[random.NextInt(Telling.Length)], .. bytes[at..]];
        }
    }
}
