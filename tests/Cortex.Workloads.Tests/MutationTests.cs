using Cortex.Policies.Random;
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
