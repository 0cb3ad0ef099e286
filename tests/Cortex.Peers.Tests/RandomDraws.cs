using Cortex.Policies.Random;

namespace Cortex.Peers.Tests;

/// <summary>Small draws that scenarios are made of.</summary>
internal static class RandomDraws
{
    public static T Pick<T>(this RandomStream random, IReadOnlyList<T> items) => items[random.NextInt(items.Count)];

    /// <summary>Uniform in <paramref name="low"/> … <paramref name="high"/>, both included.</summary>
    public static int Between(this RandomStream random, int low, int high) => low + random.NextInt(high - low + 1);

    public static bool Chance(this RandomStream random, double probability) => random.NextDouble() < probability;
}
