namespace Cortex.Workloads;

/// <summary>
/// Cuts a stream into lines without copying them: a line is a view into the buffer, good until the next call. Skips blank lines, a byte
/// order mark, and the carriage return of a line end. Owns the stream.
/// </summary>
internal sealed class LineReader(Stream stream, int bufferSize = 64 * 1024) : IDisposable
{
    private byte[] buffer = new byte[bufferSize];
    private int start;
    private int end;
    private bool ended;

    /// <summary>Number of the line last read, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next line that is not blank. False at the end.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (TakeLine(out line))
        {
            Line++;
            if (Line == 1 && line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }
            line = line.Trim(" \t\r"u8);
            if (line.Length > 0)
            {
                return true;
            }
        }
        return false;
    }

    public void Dispose() => stream.Dispose();

    private bool TakeLine(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = buffer.AsSpan(start, searched + length);
                start += searched + length + 1;
                return true;
            }
            if (ended)
            {
                line = buffer.AsSpan(start, end - start);
                start = end;
                return line.Length > 0;
            }
            searched = end - start;
            Fill();
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, checked(buffer.Length * 2));
        }
        int read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        ended = read == 0;
    }
}
