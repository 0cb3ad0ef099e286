using System.Runtime.InteropServices;

namespace Cortex.Runtime.Cpu.Threads;

/// <summary>Which processor core a thread runs on, and how to leave it. Knows nothing but on Linux.</summary>
internal static unsafe partial class Cores
{
    /// <summary>No core: not known.</summary>
    public const int Unknown = -1;

    private const int MaskWords = 16; // 1,024 cores, as many as the system's own mask has

    /// <summary>The calling thread's core, or <see cref="Unknown"/>.</summary>
    public static int Current => OperatingSystem.IsLinux() ? GetCpu() : Unknown;

    /// <summary>Moves the calling thread to another core that it may use, if there is one. It may come back: what it may use stays as it was.</summary>
    public static void Leave(int core)
    {
        ulong* all = stackalloc ulong[MaskWords];
        ulong* others = stackalloc ulong[MaskWords];
        if (core < 0 || !OperatingSystem.IsLinux() || GetAffinity(0, MaskWords * sizeof(ulong), all) < 0)
        {
            return;
        }
        new ReadOnlySpan<ulong>(all, MaskWords).CopyTo(new(others, MaskWords));
        others[core / 64] &= ~(1UL << (core % 64));
        if (SetAffinity(0, MaskWords * sizeof(ulong), others) == 0)
        {
            _ = SetAffinity(0, MaskWords * sizeof(ulong), all);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    [SuppressGCTransition]
    private static partial int GetCpu();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint bytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* mask);
}
