using Cortex.Policies;
using Cortex.Serving.Decisions;

namespace Cortex.Serving.Journal;

/// <summary>
/// Writes what a core hears and decides as a journal (format: docs/journal.md). What is lost with the process is the end, and a reader sees that. Allocates nothing once its buffer has grown. Not for more than one thread at a time.
/// </summary>
public sealed class JournalWriter : ICoreTap, IDisposable
{
    private readonly Stream stream;
    private readonly RecordEncoder encoder;
    private readonly bool ahead;

    /// <param name="stream">Where to write; closed with the writer.</param>
    /// <param name="header">How the core is made.</param>
    /// <param name="ahead">
    /// Every batch of facts is handed to the stream before a command that follows from it is carried out, so that a killed process loses the decisions
    /// of its last batch at most; else only full buffers are.
    /// </param>
    public JournalWriter(Stream stream, JournalHeader header, bool ahead = false)
    {
        this.ahead = ahead;
        this.stream = stream;
        encoder = new(stream);
        encoder.Raw(JournalFormat.Magic);
        encoder.Open(JournalRecordKind.Header);
        encoder.Raw(header.ToJson());
        encoder.Close();
        FlushAhead();
    }

    public void Handling(in Fact fact)
    {
        encoder.Open(JournalRecordKind.Fact);
        FactCodec.Write(encoder, fact);
        encoder.Close();
    }

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks)
    {
        encoder.Open(JournalRecordKind.Decision);
        DecisionCodec.Write(encoder, decision, blocks);
        encoder.Close();
    }

    public void Settling(Instant now)
    {
        encoder.Open(JournalRecordKind.Settle);
        encoder.Int64(now.Ns);
        encoder.Close();
        FlushAhead();
    }

    public void Closing(Instant now, ulong fingerprint)
    {
        encoder.Open(JournalRecordKind.End);
        encoder.Int64(now.Ns);
        encoder.UInt64(fingerprint);
        encoder.Close();
        encoder.Flush();
    }

    private void FlushAhead()
    {
        if (ahead)
        {
            encoder.Flush();
        }
    }

    /// <summary>Writes what is still in the buffer.</summary>
    public void Dispose()
    {
        encoder.Flush();
        stream.Dispose();
    }
}
