using System.Globalization;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Cells;

/// <summary>One of several machines that share the cells of a sweep: the <paramref name="Index"/>-th of <paramref name="Count"/>.</summary>
/// <param name="Index">From 1.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>Bound on the number of shards.</summary>
    public const int Most = 100_000;

    /// <param name="text">Such as <c>2/8</c>.</param>
    /// <exception cref="InputException">Not of that form.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= Most && index >= 1 && index <= count
            ? new Shard(index, count)
            : throw new InputException($"--shard {text}: allowed: i/n with i from 1 to n and n at most {Most}, such as 2/8");
    }

    /// <summary>Its cells: every n-th of the distinct ones, so that shards get cheap and dear loads alike. Every cell belongs to exactly one shard.</summary>
    public IReadOnlyList<PlannedCell> Of(IReadOnlyList<PlannedCell> cells) =>
        [.. cells.DistinctBy(cell => cell.Key).Where((_, place) => place % Count == Index - 1)];

    public override string ToString() => $"{Index}/{Count}";
}
