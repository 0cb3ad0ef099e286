namespace Cortex.Experiments.Config;

/// <summary>How <c>cortex capacity</c> looks for the largest load that meets the SLO: section <c>capacity</c>.</summary>
/// <param name="Percentile">Of TTFT, TPOT, E2E and workflow times that must meet its bound: 50, 90, 99 or 99.9, as columns have it.</param>
/// <param name="Tolerance">The search ends when the least load known to be too much is larger by this share at most.</param>
public sealed record CapacitySettings(string Percentile, double Tolerance)
{
    /// <summary>What <paramref name="Percentile"/> may be.</summary>
    public static IReadOnlyList<string> Percentiles { get; } = ["50", "90", "99", "99.9"];
}
