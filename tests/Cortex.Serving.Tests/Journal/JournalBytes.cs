using System.Buffers.Binary;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;

namespace Cortex.Serving.Tests.Journal;

/// <summary>Journals as bytes: made, cut into records, and put together again with all sums and hashes made good. Knows the format by itself.</summary>
internal static class JournalBytes
{
    public const int MagicBytes = 8;

    public static byte[] Make(ulong seed, int calls)
    {
        MemoryStream stream = new();
        JournalWriter? writer = null;
        RandomCore.Play(seed, calls, (settings, policies) => writer = new(stream, JournalHeader.Of(settings, policies, "a: 1", "none")));
        writer!.Dispose();
        return stream.ToArray();
    }

    /// <summary>Kind and content of each record, without hash.</summary>
    public static List<byte[]> Records(byte[] journal)
    {
        List<byte[]> records = [];
        foreach ((int start, int length) in Places(journal))
        {
            records.Add(journal[(start + 8)..(start + length - 12)]);
        }
        return records;
    }

    /// <summary>Start and length of each record in the file, sums included.</summary>
    public static IEnumerable<(int Start, int Length)> Places(byte[] journal)
    {
        for (int at = MagicBytes; at < journal.Length;)
        {
            int length = 8 + BinaryPrimitives.ReadInt32LittleEndian(journal.AsSpan(at)) + 4;
            yield return (at, length);
            at += length;
        }
    }

    public static byte[] Join(byte[] magic, IEnumerable<byte[]> records)
    {
        List<byte> journal = [.. magic];
        ulong mix = 0;
        foreach (byte[] record in records)
        {
            mix = Mix(mix, record);
            byte[] payload = [.. record, .. BitConverter.GetBytes(mix)];
            byte[] length = BitConverter.GetBytes(payload.Length);
            journal.AddRange([.. length, .. BitConverter.GetBytes(Crc32C(length)), .. payload, .. BitConverter.GetBytes(Crc32C(payload))]);
        }
        return [.. journal];
    }

    public static JournalReader Open(byte[] journal) => new(new MemoryStream(journal));

    public static ReplayResult Replay(byte[] journal)
    {
        using JournalReader reader = Open(journal);
        return JournalReplay.Run(reader, new PolicyRegistry());
    }

    /// <summary>Bit by bit, from the polynomial.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
            }
        }
        return ~crc;
    }

    private static ulong Mix(ulong mix, byte[] record)
    {
        mix = DecisionMix.Add(mix, (ulong)record.Length);
        byte[] padded = [.. record, .. new byte[8 - record.Length % 8]];
        for (int at = 0; at < padded.Length; at += 8)
        {
            mix = DecisionMix.Add(mix, BitConverter.ToUInt64(padded, at));
        }
        return mix;
    }
}
