using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Cortex.Runtime.Cpu.Products;

/// <summary>Asks for memory before it is needed, so that reading goes on while the registers are at work.</summary>
internal static unsafe class Prefetch
{
    /// <summary>The cache line at an address, which need not exist, into the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }
}
