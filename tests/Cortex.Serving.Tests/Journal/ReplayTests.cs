using System.Buffers.Binary;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Xunit;

namespace Cortex.Serving.Tests.Journal;

/// <summary>Parity, level 1: the same facts give the same decisions, and other facts do not go unseen.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void A_replay_decides_as_the_journal_says()
    {
        long[] all = new long[Enum.GetValues<DecisionAxis>().Length];
        for (ulong seed = 0; seed < 40; seed++)
        {
            ReplayResult replay = JournalBytes.Replay(JournalBytes.Make(seed, 200));
            Assert.True(replay.IsIdentical, $"seed {seed}: {replay.Difference}");
            Assert.True(replay.HasEnded);
            for (int axis = 0; axis < all.Length; axis++)
            {
                all[axis] += replay.Decisions[axis];
            }
        }
        Assert.All(all, count => Assert.True(count > 100, "an axis with too few decisions to be worth a test"));
    }

    [Fact]
    public void With_a_changed_fact_and_the_hash_made_good_the_first_decision_that_differs_is_named()
    {
        int differ = 0;
        byte[] journal = JournalBytes.Make(11, 60);
        List<byte[]> records = JournalBytes.Records(journal);
        for (int at = 1; at < records.Count; at++)
        {
            if (Changed(records[at]) is not { } changed)
            {
                continue;
            }
            byte[] tampered = JournalBytes.Join(journal[..JournalBytes.MagicBytes], [.. records[..at], changed, .. records[(at + 1)..]]);
            List<(int Record, string Line)> expected = Decisions(tampered);
            (List<string> got, bool refused) = Reference.Decide(tampered);
            int equal = expected.Zip(got).TakeWhile(pair => pair.First.Line == pair.Second).Count();
            ReplayDifference? difference = JournalBytes.Replay(tampered).Difference;
            if (equal == expected.Count && equal == got.Count && !refused)
            {
                Assert.Null(difference);
                continue;
            }
            differ++;
            Assert.NotNull(difference);
            Assert.Equal(equal, difference.Number);
            Assert.True(difference.Record > at, "it showed before the change");
            // Told since the last equal decision: every fact and closing between it and where it showed.
            int lastEqual = equal == 0 ? 0 : expected[equal - 1].Record;
            int[] told = [.. Enumerable.Range(lastEqual + 1, (int)difference.Record - lastEqual - 1).Where(record => records[record][0] is 1 or 2)];
            Assert.Equal(told.Length + (difference.Got.StartsWith("the core refused", StringComparison.Ordinal) ? 1 : 0), difference.Facts.Count);
            Assert.Equal(equal < expected.Count && expected[equal].Record == difference.Record, difference.Expected is not null);
        }
        Assert.True(differ > 30, $"only {differ} changes led elsewhere");
    }

    [Fact]
    public void The_report_of_a_difference_names_decision_and_facts()
    {
        byte[] journal = JournalBytes.Make(11, 60);
        List<byte[]> records = JournalBytes.Records(journal);
        // The first call: its prompt's one token more changes its admission.
        int at = records.FindIndex(record => record[0] == 1 && record[1] == (byte)FactKind.CallArrived);
        byte[] changed = [.. records[at]];
        int prompt = 2 + 8 + 4 + 4 + 2 + 4;
        int tokens = BinaryPrimitives.ReadInt32LittleEndian(changed.AsSpan(prompt));
        int lastSegmentLength = changed.Length - 4;
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(prompt), tokens + 1);
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(lastSegmentLength), BinaryPrimitives.ReadInt32LittleEndian(changed.AsSpan(lastSegmentLength)) + 1);
        records[at] = changed;
        ReplayDifference? difference = JournalBytes.Replay(JournalBytes.Join(journal[..JournalBytes.MagicBytes], records)).Difference;
        Assert.NotNull(difference);
        Assert.Equal(1, difference.Number);
        Assert.Matches($@"^engine \d admission of call 0: 0 tokens hit, {tokens} computed, 1 waiting, blocks [\d ]+$", difference.Expected);
        Assert.Matches($@"^engine \d admission of call 0: 0 tokens hit, {tokens + 1} computed, 1 waiting, blocks [\d ]+$", difference.Got);
        Assert.Matches(@"^\d+\.\d{9} s batch closed$", Assert.Single(difference.Facts));
    }

    [Fact]
    public void A_fingerprint_that_is_not_that_of_the_decisions_is_a_difference()
    {
        byte[] journal = JournalBytes.Make(11, 60);
        List<byte[]> records = JournalBytes.Records(journal);
        records[^1][^1] ^= 1;
        ReplayDifference? difference = JournalBytes.Replay(JournalBytes.Join(journal[..JournalBytes.MagicBytes], records)).Difference;
        Assert.NotNull(difference);
        Assert.Equal(records.Count - 1, difference.Record);
        Assert.StartsWith("fingerprint ", difference.Expected, StringComparison.Ordinal);
        Assert.NotEqual(difference.Expected, difference.Got);
    }

    [Fact]
    public void A_core_that_cannot_be_made_again_is_a_fault_of_the_file()
    {
        byte[] journal = JournalBytes.Make(1, 4);
        List<byte[]> records = JournalBytes.Records(journal);
        string header = System.Text.Encoding.UTF8.GetString(records[0], 1, records[0].Length - 1);
        byte[] Tampered(string from, string to)
        {
            Assert.Contains(from, header);
            records[0] = [0, .. System.Text.Encoding.UTF8.GetBytes(header.Replace(from, to))];
            return JournalBytes.Join(journal[..JournalBytes.MagicBytes], records);
        }
        Assert.Contains("nearest is 'fcfs'", Assert.Throws<JournalException>(() => JournalBytes.Replay(Tampered("\"fcfs\"", "\"fcsf\""))).Message);
        Assert.Contains("dialect", Assert.Throws<JournalException>(() => JournalBytes.Replay(Tampered("\"vllm-v1\"", "\"vllm-v9\""))).Message);
        Assert.Contains("record 0", Assert.Throws<JournalException>(() => JournalBytes.Replay(Tampered("\"Settings\"", "\"Sittings\""))).Message);
        Assert.Contains("record 0", Assert.Throws<JournalException>(() => JournalBytes.Replay(Tampered("\"Configuration\":\"a: 1\"", "\"Configuration\":null"))).Message);
    }

    /// <summary>The record as another fact; null if it is none of the kinds that are changed here.</summary>
    private static byte[]? Changed(byte[] record)
    {
        if (record[0] != 1)
        {
            return null;
        }
        byte[] changed = [.. record];
        switch ((FactKind)record[1])
        {
            case FactKind.Cancelled:
                changed[10] ^= 1;
                return changed;
            case FactKind.StepFinished when BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(40)) > 0:
                // Nobody stops.
                changed = changed[..44];
                BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(40), 0);
                return changed;
            case FactKind.CallArrived:
                // Another stream in the last segment: nothing is hit any more, or hit by others.
                changed[^12] ^= 1;
                return changed;
            default:
                return null;
        }
    }

    private static List<(int Record, string Line)> Decisions(byte[] journal)
    {
        List<(int, string)> decisions = [];
        using JournalReader reader = JournalBytes.Open(journal);
        while (reader.Read())
        {
            if (reader.Kind == JournalRecordKind.Decision)
            {
                decisions.Add(((int)reader.Number, Reference.Line(reader.Decision, reader.Blocks)));
            }
        }
        return decisions;
    }
}
