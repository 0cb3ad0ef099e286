using Cortex.Experiments.Details;
using Cortex.Experiments.Results;

namespace Cortex.Experiments.Figures.Charts;

/// <summary>KV memory of each pool over time, a panel a policy, of the first repetition.</summary>
internal static class KvCharts
{
    private const int MostPoints = 3;
    private const int MostPolicies = 9;

    public static IEnumerable<FigureSection> Of(ChartData data)
    {
        string[] pools = [.. data.Details.SelectMany(row => row).SelectMany(detail => detail.Kv.Pools).Select(pool => pool.Name).Distinct()];
        var variants = new List<(string, Figure)>();
        foreach ((string label, ResultRow[] rows) in data.Groups)
        {
            foreach (string x in data.SomeOfX(rows, MostPoints))
            {
                ResultRow[] drawn = [.. rows.Where(row => data.XText(row) == x && data.DetailsOf(row) is [{ Kv.Pools: [{ Used.Count: > 1 }, ..] }, ..]).Take(MostPolicies)];
                if (drawn.Length > 0)
                {
                    string here = label.Length > 0 ? $"{label}, {data.XName} {x}" : $"{data.XName} {x}";
                    variants.Add((here, Draw(data, here, drawn, pools)));
                }
            }
        }
        if (variants.Count > 0)
        {
            yield return new FigureSection("KV memory by pool over time", variants);
        }
    }

    private static Figure Draw(ChartData data, string label, ResultRow[] rows, string[] pools) => new(
        $"kv{FigureSection.Suffix(label)}",
        $"KV memory by pool over time ({label})",
        new FigureAxis("time (s)"),
        new FigureAxis("share of the pool's blocks") { Range = (0, 1) },
        [.. rows.Select(row => new Panel(row.Policy, Lines(data.DetailsOf(row)[0].Kv, pools)))])
    {
        Note = "First repetition. In use: owned by running calls. Cached: can be found by a later prompt, in use or not.",
        Stamps = ChartData.StampsOf(rows),
    };

    private static Series[] Lines(KvUse kv, string[] pools) =>
    [
        .. kv.Pools.SelectMany(pool => new[]
        {
            Line(kv, pool, pools, "in use", pool.Used, dashed: false),
            Line(kv, pool, pools, "cached", pool.Cached, dashed: true),
        }),
    ];

    private static Series Line(KvUse kv, PoolKv pool, string[] pools, string statistic, IReadOnlyList<double> shares, bool dashed) => new(
        pool.Name, statistic, new SeriesStyle(Mark.Curve, Palette.Part(Array.IndexOf(pools, pool.Name)), Dashed: dashed),
        [.. shares.Select((share, look) => new FigurePoint((look + 1) * kv.Interval, share))]);
}
