namespace Cortex.Serving.Tests.Allocation;

/// <summary>Counts what is allocated on this thread.</summary>
internal static class Allocated
{
    /// <returns>Bytes that <paramref name="action"/> has allocated.</returns>
    public static long Bytes(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
