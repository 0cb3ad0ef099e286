namespace Cortex.Policies.Random;

/// <summary>
/// A named stream of chance: xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64 from (seed, name), so that a stream does not
/// depend on which other streams exist or how much they draw. Same numbers on every machine.
/// </summary>
public sealed class RandomStream
{
    private ulong s0, s1, s2, s3;

    /// <param name="seed">The repetition's seed.</param>
    /// <param name="name">Who draws, such as <c>arrivals</c>.</param>
    public RandomStream(ulong seed, string name)
    {
        ulong state = seed;
        foreach (char c in name)
        {
            state = SplitMix(ref state) ^ c;
        }
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    public ulong NextUInt64()
    {
        ulong result = ulong.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1 without bias (Lemire 2019).</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        uint range = (uint)bound;
        while (true)
        {
            ulong product = (NextUInt64() >> 32) * range;
            if ((uint)product >= range || (uint)product >= (0u - range) % range)
            {
                return (int)(product >> 32);
            }
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
