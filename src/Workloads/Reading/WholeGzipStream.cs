using System.IO.Compression;

namespace Cortex.Workloads;

/// <summary>
/// Unpacks gzip, several members in a row included, and throws <see cref="InvalidDataException"/> if it ends too early, which
/// <see cref="GZipStream"/> lets pass. It appends a member of its own: only if all before it was whole does the text end with that one's.
/// </summary>
internal sealed class WholeGzipStream : Stream
{
    private static readonly byte[] Marker = "\0end of the gzip data\0"u8.ToArray();
    private static readonly byte[] MarkerMember = Pack(Marker);

    private readonly GZipStream unpacked;
    private readonly byte[] buffer = new byte[32 * 1024];
    private int start;
    private int end;
    private bool ended;

    /// <param name="packed">The packed bytes; owned.</param>
    public WholeGzipStream(Stream packed) => unpacked = new GZipStream(new FollowedStream(packed, MarkerMember), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] target, int offset, int count) => Read(target.AsSpan(offset, count));

    public override int Read(Span<byte> target)
    {
        while (!ended && end - start <= Marker.Length)
        {
            Fill();
        }
        // What may be the marker is held back until the end shows whether it is.
        int length = Math.Min(target.Length, ended ? end - start : end - start - Marker.Length);
        buffer.AsSpan(start, length).CopyTo(target);
        start += length;
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
            unpacked.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        int read = unpacked.Read(buffer, end, buffer.Length - end);
        end += read;
        if (read > 0)
        {
            return;
        }
        ended = true;
        if (!buffer.AsSpan(0, end).EndsWith(Marker))
        {
            throw new InvalidDataException("the gzip data end too early");
        }
        end -= Marker.Length;
    }

    private static byte[] Pack(byte[] plain)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }
        return packed.ToArray();
    }
}
