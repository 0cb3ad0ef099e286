using System.Runtime.InteropServices;
using System.Text.Json;
using Cortex.Policies;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>
/// Reads a journal record by record; memory does not grow with its length. A torn tail, as a killed process leaves it, is cut and told in
/// <see cref="CutTail"/>; damage before it is an error. What is read is what was written.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly Stream stream;
    private readonly RecordStream records;
    private readonly List<int> blocks = [];

    /// <param name="stream">The journal from its first byte on; closed with the reader.</param>
    /// <exception cref="JournalException">Not a journal, another schema, or a damaged header.</exception>
    public JournalReader(Stream stream)
    {
        this.stream = stream;
        records = new(stream);
        ReadOnlySpan<byte> magic = records.Raw(JournalFormat.Magic.Length);
        if (!IsJournal(magic))
        {
            throw new JournalException("not a journal: the file does not begin as one; allowed: a file written by cortex run --journal");
        }
        if (magic[^1] != JournalFormat.Schema)
        {
            throw new JournalException($"journal of schema {magic[^1]}; allowed: {JournalFormat.Schema}");
        }
        Header = ReadHeader();
    }

    /// <summary>True of the first eight bytes of a journal, of whatever version.</summary>
    public static bool IsJournal(ReadOnlySpan<byte> start) =>
        start.Length >= JournalFormat.Magic.Length && start[..(JournalFormat.Magic.Length - 1)].SequenceEqual(JournalFormat.Magic[..^1]);

    public JournalHeader Header { get; }

    /// <summary>Number of the record, the header being 0.</summary>
    public long Number => records.Number;

    /// <summary>What the record holds; the property of that name is then set.</summary>
    public JournalRecordKind Kind { get; private set; }

    /// <summary>The fact, yours to keep.</summary>
    public Fact Fact { get; private set; }

    public Decision Decision { get; private set; }

    /// <summary>The decision's blocks, until the next record is read.</summary>
    public ReadOnlySpan<int> Blocks => CollectionsMarshal.AsSpan(blocks);

    /// <summary>Time of the last fact, closing of a batch, or end.</summary>
    public Instant At { get; private set; }

    /// <summary>Fingerprint of all decisions, from the end record.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>Whether the record that ends a run was read. If not at the end of the file, the run was cut off.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What was cut off behind the last whole record, at the end of the file; null if nothing was.</summary>
    public string? CutTail => records.CutTail;

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the file, or at a torn tail.</returns>
    /// <exception cref="JournalException">The record is damaged; the message names it.</exception>
    public bool Read()
    {
        long number = records.Number + 1;
        long position = records.Position;
        if (!records.TryRead(out ReadOnlySpan<byte> record))
        {
            return false;
        }
        try
        {
            Decode((JournalRecordKind)record[0], new(record[1..]));
        }
        catch (FormatException fault)
        {
            throw new JournalException($"record {number} at byte {position}: {fault.Message}");
        }
        return true;
    }

    public void Dispose() => stream.Dispose();

    private void Decode(JournalRecordKind kind, RecordDecoder content)
    {
        if (HasEnded)
        {
            throw new FormatException("it follows the end of the run");
        }
        switch (kind)
        {
            case JournalRecordKind.Fact:
                Fact = FactCodec.Read(ref content);
                MoveTo(Fact.At);
                break;
            case JournalRecordKind.Settle:
                MoveTo(new(content.Int64()));
                break;
            case JournalRecordKind.Decision:
                Decision = DecisionCodec.Read(ref content, blocks);
                break;
            case JournalRecordKind.End:
                MoveTo(new(content.Int64()));
                Fingerprint = content.UInt64();
                HasEnded = true;
                break;
            default:
                throw new FormatException($"no kind of record here has the number {(byte)kind}");
        }
        content.Finish();
        Kind = kind;
    }

    private void MoveTo(Instant at) =>
        At = at >= At ? at : throw new FormatException($"time goes back from {At.Ns} ns to {at.Ns} ns");

    private JournalHeader ReadHeader()
    {
        if (!records.TryRead(out ReadOnlySpan<byte> record))
        {
            throw new JournalException("the journal ends within its header");
        }
        try
        {
            return record[0] == (byte)JournalRecordKind.Header ? JournalHeader.FromJson(record[1..]) : throw new JsonException("another kind of record");
        }
        catch (JsonException fault)
        {
            throw new JournalException($"record 0: not a header that this program knows: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }
}
