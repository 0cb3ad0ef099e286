using System.Text;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Xunit;

namespace Cortex.Serving.Tests.Journal;

/// <summary>Writing, reading, and what can befall a file between.</summary>
public sealed class JournalTests
{
    /// <summary>A seed under which the routing policy has options.</summary>
    private const ulong SeedOfPrefixAware = 6;

    [Fact]
    public void The_check_sum_is_crc32c() => Assert.Equal(0xE3069283, JournalBytes.Crc32C("123456789"u8));

    [Fact]
    public void What_was_written_is_read()
    {
        MemoryStream stream = new();
        Transcript heard = new();
        ServingSettings? settings = null;
        PolicySet? policies = null;
        JournalWriter? writer = null;
        ulong fingerprint = RandomCore.Play(SeedOfPrefixAware, 200, (core, chosen) =>
        {
            (settings, policies) = (core, chosen);
            return new Both(writer = new(stream, JournalHeader.Of(core, chosen, "text\nof two lines", "constant")), heard);
        });
        writer!.Dispose();
        using JournalReader reader = JournalBytes.Open(stream.ToArray());
        Assert.Equal(heard.Lines, Transcript.Of(reader));
        Assert.True(reader.HasEnded);
        Assert.Null(reader.CutTail);
        Assert.Equal(fingerprint, reader.Fingerprint);
        JournalHeader header = reader.Header;
        Assert.Equal("text\nof two lines", header.Configuration);
        Assert.Equal("constant", header.Estimator);
        Assert.Equal(settings!.Engines, header.Settings.Engines);
        Assert.Equal(settings.Stages, header.Settings.Stages);
        Assert.Equal(settings.CallStages, header.Settings.CallStages);
        Assert.Equal((settings.Seed, false), (header.Settings.Seed, header.Settings.RepeatSteps));
        Assert.Equal(policies!.Resolved.Select(policy => (policy.Axis, policy.Name)), header.Policies.Select(policy => (policy.Axis, policy.Name)));
        Assert.NotEmpty(policies.Resolved.SelectMany(policy => policy.Options));
        Assert.Equal(policies.Resolved.SelectMany(policy => policy.Options), header.Policies.SelectMany(policy => policy.Options));
    }

    [Fact]
    public void Records_with_their_sums_made_by_another_program_are_the_same_bytes()
    {
        byte[] journal = JournalBytes.Make(1, 40);
        Assert.Equal(journal, JournalBytes.Join(journal[..JournalBytes.MagicBytes], JournalBytes.Records(journal)));
    }

    [Fact]
    public void Written_ahead_it_holds_every_batch_that_was_closed_before_engines_plan()
    {
        MemoryStream stream = new();
        Transcript heard = new();
        int batches = 0;
        RandomCore.Play(5, 20, (settings, policies) => new Both(
            new Both(new JournalWriter(stream, JournalHeader.Of(settings, policies), ahead: true), heard),
            new AtSettling(() =>
            {
                using JournalReader reader = JournalBytes.Open(stream.ToArray());
                Assert.Equal(heard.Lines, Transcript.Of(reader));
                batches++;
            })));
        Assert.True(batches > 20, $"{batches} batches");
    }

    [Fact]
    public void Cut_at_any_byte_it_is_read_up_to_the_last_whole_record_and_never_misread()
    {
        byte[] journal = JournalBytes.Make(5, 8);
        using JournalReader whole = JournalBytes.Open(journal);
        List<string> lines = Transcript.Of(whole);
        (int Start, int Length)[] places = [.. JournalBytes.Places(journal)];
        int headerEnd = places[0].Start + places[0].Length;
        for (int length = 0; length < journal.Length; length++)
        {
            byte[] cut = journal[..length];
            if (length < headerEnd)
            {
                Assert.Throws<JournalException>(() => JournalBytes.Open(cut));
                continue;
            }
            using JournalReader reader = JournalBytes.Open(cut);
            int expected = places.Count(place => place.Start + place.Length <= length) - 1;
            Assert.Equal(lines[..expected], Transcript.Of(reader));
            Assert.False(reader.HasEnded);
            bool between = places.Any(place => place.Start == length);
            Assert.Equal(between, reader.CutTail is null);
            ReplayResult replay = JournalBytes.Replay(cut);
            Assert.True(replay.IsIdentical, $"cut at {length}: {replay.Difference}");
        }
    }

    [Fact]
    public void A_damaged_byte_is_an_error_that_names_its_record_or_cuts_the_last()
    {
        byte[] journal = JournalBytes.Make(5, 8);
        using JournalReader whole = JournalBytes.Open(journal);
        List<string> lines = Transcript.Of(whole);
        (int Start, int Length)[] places = [.. JournalBytes.Places(journal)];
        for (int at = 0; at < journal.Length; at++)
        {
            byte[] damaged = [.. journal];
            damaged[at] ^= (byte)(1 << at % 8);
            int record = Array.FindIndex(places, place => at >= place.Start && at < place.Start + place.Length);
            List<string> read = [];
            string? fault = null;
            try
            {
                using JournalReader reader = JournalBytes.Open(damaged);
                Transcript.Read(reader, read);
                Assert.True(record == places.Length - 1 && reader.CutTail is not null, $"byte {at} of record {record} went unseen");
            }
            catch (JournalException caught)
            {
                fault = caught.Message;
            }
            Assert.Equal(lines[..Math.Max(0, record - 1)], read);
            if (fault is not null && record >= 0)
            {
                Assert.StartsWith($"record {record} at byte {places[record].Start}: ", fault);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_whole_record_taken_out_put_in_or_moved_breaks_the_running_hash(int what)
    {
        byte[] journal = JournalBytes.Make(5, 8);
        byte[][] records = [.. JournalBytes.Places(journal).Select(place => journal[place.Start..(place.Start + place.Length)])];
        const int At = 20;
        byte[][] changed = what switch
        {
            0 => [.. records[..At], .. records[(At + 1)..]],
            1 => [.. records[..(At + 1)], .. records[At..]],
            _ => [.. records[..At], records[At + 1], records[At], .. records[(At + 2)..]],
        };
        using JournalReader reader = JournalBytes.Open([.. journal[..JournalBytes.MagicBytes], .. changed.SelectMany(bytes => bytes)]);
        JournalException fault = Assert.Throws<JournalException>(() => Transcript.Of(reader));
        Assert.StartsWith($"record {(what == 1 ? At + 1 : At)} at byte", fault.Message);
        Assert.Contains("running hash", fault.Message);
    }

    [Fact]
    public void Zeros_behind_the_last_record_are_cut()
    {
        byte[] journal = JournalBytes.Make(5, 8);
        using JournalReader reader = JournalBytes.Open([.. journal, .. new byte[100_000]]);
        using JournalReader whole = JournalBytes.Open(journal);
        Assert.Equal(Transcript.Of(whole), Transcript.Of(reader));
        Assert.Contains("zeros", reader.CutTail);
    }

    [Fact]
    public void Another_file_and_another_schema_are_refused()
    {
        Assert.StartsWith("not a journal", Assert.Throws<JournalException>(() => JournalBytes.Open([])).Message);
        Assert.StartsWith("not a journal", Assert.Throws<JournalException>(() => JournalBytes.Open(Encoding.UTF8.GetBytes("id,arrived_at\n1,2\n"))).Message);
        Assert.Contains("schema 1; allowed: 2", Assert.Throws<JournalException>(() => JournalBytes.Open("CORTEXJ\u0001"u8.ToArray())).Message);
    }

    [Fact]
    public void A_journal_of_repeated_steps_is_refused() => RandomCore.Play(1, 1, (settings, policies) =>
    {
        Assert.Throws<ArgumentException>(() => JournalHeader.Of(settings with { RepeatSteps = true }, policies));
        return new Transcript();
    });

    [Fact]
    public void Writing_allocates_nothing()
    {
        Fact step = new() { Kind = FactKind.StepFinished, At = new(1), Result = new() { Stopped = { 1, 2, 3 } } };
        ICoreTap? writer = null;
        RandomCore.Play(1, 1, (settings, policies) =>
        {
            writer = new JournalWriter(Stream.Null, JournalHeader.Of(settings, policies));
            return new Transcript();
        });
        Write(writer!, step, 5_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Write(writer!, step, 5_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Write(ICoreTap writer, in Fact fact, int times)
    {
        for (int i = 0; i < times; i++)
        {
            writer.Handling(fact);
            writer.Decided(new(0, DecisionAxis.Admission, i, 5, 2), [1, 2, 3, 4]);
            writer.Settling(fact.At);
        }
    }

    private sealed class AtSettling(Action look) : ICoreTap
    {
        public void Decided(in Decision decision, ReadOnlySpan<int> blocks)
        {
        }

        public void Settling(Instant now) => look();
    }
}
