namespace Cortex.Workloads;

/// <summary>Mixes 64-bit values into keys that are the same on every machine.</summary>
internal static class Mix
{
    /// <summary>A key for <paramref name="value"/> behind <paramref name="before"/>.</summary>
    public static ulong Of(ulong before, ulong value)
    {
        // SplitMix64's finaliser over a sum that depends on the order.
        ulong mixed = System.Numerics.BitOperations.RotateLeft(before, 23) * 0x9E3779B97F4A7C15UL + value + 0x632BE59BD9B4E019UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A key for a text behind <paramref name="before"/>.</summary>
    public static ulong Of(ulong before, string text)
    {
        foreach (char c in text)
        {
            before = Of(before, c);
        }
        return Of(before, (ulong)text.Length);
    }
}
