using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cortex.Runtime.Memory;

/// <summary>Memory outside the collector's, aligned for vectors, or for large pages where it is large. Not cleared.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const nuint CacheLine = 64;
    private const nuint LargePage = 2 << 20;

    private byte* address;

    /// <param name="bytes">At least 0.</param>
    public AlignedBuffer(long bytes)
    {
        Bytes = bytes;
        bool large = (nuint)bytes >= LargePage;
        address = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, large ? LargePage : CacheLine);
        if (large)
        {
            LargePages.Advise(address, (nuint)bytes);
        }
        Poison();
    }

    ~AlignedBuffer() => NativeMemory.AlignedFree(address);

    public long Bytes { get; }

    /// <summary>Address of the first byte.</summary>
    /// <exception cref="ObjectDisposedException">It has been given back.</exception>
    public byte* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(address is null, this);
            return address;
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(address);
        address = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>In Debug builds all numbers are at first not numbers, so that the goldens show whatever is read before it is written.</summary>
    [Conditional("DEBUG")]
    private void Poison() => NativeMemory.Fill(address, (nuint)Bytes, 0xFF);
}
