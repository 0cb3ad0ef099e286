namespace Cortex.Policies.Tests.Conformance;

internal static class Allocation
{
    /// <summary>Runs the work until it is warm, then asserts that it allocates nothing on the heap.</summary>
    public static void AssertNone(Action work)
    {
        for (int i = 0; i < 200; i++)
        {
            work();
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            work();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
