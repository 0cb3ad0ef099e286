using System.Runtime.InteropServices;

namespace Cortex.Cpu.Tests;

/// <summary>Numbers outside the collector's memory, as kernels take them.</summary>
internal sealed unsafe class Native<T>(int length) : IDisposable
    where T : unmanaged
{
    public T* Data { get; } = (T*)NativeMemory.AlignedAlloc((nuint)Math.Max(length * sizeof(T), 64), 64);

    public Span<T> Span => new(Data, length);

    public void Dispose() => NativeMemory.AlignedFree(Data);
}
