namespace Cortex.Workloads;

/// <summary>A stream, then some bytes more. Reads forward only.</summary>
/// <param name="first">Read to its end; owned.</param>
/// <param name="then">What follows.</param>
internal sealed class FollowedStream(Stream first, byte[] then) : Stream
{
    private bool firstEnded;
    private int given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] target, int offset, int count) => Read(target.AsSpan(offset, count));

    public override int Read(Span<byte> target)
    {
        if (!firstEnded)
        {
            int read = first.Read(target);
            if (read > 0 || target.IsEmpty)
            {
                return read;
            }
            firstEnded = true;
        }
        int length = Math.Min(target.Length, then.Length - given);
        then.AsSpan(given, length).CopyTo(target);
        given += length;
        return length;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] source, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
        }
        base.Dispose(disposing);
    }
}
