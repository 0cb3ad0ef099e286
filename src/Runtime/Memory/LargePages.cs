using System.Runtime.InteropServices;

namespace Cortex.Runtime.Memory;

/// <summary>Asks the system for pages of 2 MiB, with which a stream of weights meets fewer page boundaries.</summary>
internal static unsafe partial class LargePages
{
    private const int HugePage = 14; // MADV_HUGEPAGE

    /// <summary>A wish: where the system cannot, the pages stay small.</summary>
    public static void Advise(byte* address, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Madvise(address, bytes, HugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(byte* address, nuint bytes, int advice);
}
