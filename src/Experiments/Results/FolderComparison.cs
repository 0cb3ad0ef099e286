using Cortex.Experiments.Config;
using Cortex.Experiments.Statistics;

namespace Cortex.Experiments.Results;

/// <summary>Two results folders side by side: rows of the same policy set and axes, paired by seed.</summary>
internal sealed class FolderComparison
{
    private readonly ComparedFolder first;
    private readonly ComparedFolder second;
    private readonly List<(FolderRow First, FolderRow Second)> pairs = [];

    /// <exception cref="InputException">No row of one is also in the other.</exception>
    public FolderComparison(ComparedFolder first, ComparedFolder second)
    {
        this.first = first;
        this.second = second;
        foreach (FolderRow row in first.Rows)
        {
            if (second.Rows.FirstOrDefault(other => Name(other) == Name(row)) is { } match)
            {
                pairs.Add((row, match));
            }
        }
        // Two single rows are meant to be compared, whatever they are called.
        if (pairs.Count == 0 && first.Rows.Count == 1 && second.Rows.Count == 1)
        {
            pairs.Add((first.Rows[0], second.Rows[0]));
        }
        if (pairs.Count == 0)
        {
            throw new InputException(
                $"no row of {first.Path} (such as {Name(first.Rows[0])}) is in {second.Path} (such as {Name(second.Rows[0])}); allowed: folders with a policy set and axes in common");
        }
    }

    /// <summary>Two rows each, the first folder's as the baseline of the second's.</summary>
    public ResultTable Table()
    {
        (string firstName, string secondName) = Labels();
        string[] axes = [.. pairs[0].First.Axes.Select(axis => axis.Key)];
        var rows = new List<RowResults>();
        foreach ((FolderRow left, FolderRow right) in pairs)
        {
            ulong[] seeds = [.. left.Cells.Keys.Union(right.Cells.Keys).Order()];
            string[] point = [left.Policy == right.Policy ? left.Policy : $"{left.Policy} / {right.Policy}", .. left.Axes.Select(axis => axis.Value)];
            foreach ((string name, FolderRow row) in ((string, FolderRow)[])[(firstName, left), (secondName, right)])
            {
                rows.Add(new RowResults(name, point, row.Stamp, [.. seeds.Select(seed => row.Cells.GetValueOrDefault(seed))]));
            }
        }
        return ResultTable.Of(["policy", .. axes], firstName, rows) with { Subject = "results" };
    }

    /// <summary>What the reader of the table should know: rows left out, other programs, other traces, other settings, seeds that are not shared.</summary>
    public IEnumerable<string> Notes()
    {
        int alone = first.Rows.Count + second.Rows.Count - 2 * pairs.Count;
        if (alone > 0)
        {
            yield return $"{alone} rows are in one of the folders only, and left out";
        }
        foreach (ComparedFolder folder in (ComparedFolder[])[first, second])
        {
            int asked = folder.Rows.Sum(row => row.Asked);
            if (asked - folder.Rows.Sum(row => row.Cells.Count) is var lost and > 0)
            {
                yield return $"{lost} of {asked} cells of {folder.Path} failed, or their files are not there or damaged: they are left out";
            }
        }
        if (first.Build != second.Build)
        {
            yield return $"made by different programs: {first.Version} {first.Build[..12]} and {second.Version} {second.Build[..12]}";
        }
        if (!first.Traces.SequenceEqual(second.Traces))
        {
            yield return "made from different traces";
        }
        foreach (string setting in Different().Take(10))
        {
            yield return setting;
        }
        int unpaired = pairs.Count(pair => !pair.First.Cells.Keys.Intersect(pair.Second.Cells.Keys).Any());
        if (unpaired > 0)
        {
            yield return $"{unpaired} rows have no seed in common: their differences are not paired, and their intervals are Welch's";
        }
    }

    /// <summary>
    /// How far the two order the policy sets alike in a metric, by Kendall's τ-b and by Spearman's ρ: means over the points at which both have three sets or
    /// more.
    /// </summary>
    /// <returns>Null if there is no such point.</returns>
    public (double Tau, double Rho)? RankAgreement(string metric)
    {
        (double Tau, double Rho)[] points =
        [
            .. pairs.GroupBy(pair => Axes(pair.First)).Where(point => point.Count() >= 3)
                .Select(point => (First: point.Select(pair => Mean(pair.First, metric)).ToArray(), Second: point.Select(pair => Mean(pair.Second, metric)).ToArray()))
                .Select(point => (Tau: RankCorrelation.KendallTauB(point.First, point.Second), Rho: RankCorrelation.Spearman(point.First, point.Second)))
                .Where(point => point is { Tau: not null, Rho: not null })
                .Select(point => (point.Tau!.Value, point.Rho!.Value)),
        ];
        return points.Length > 0 ? (Moments.Mean([.. points.Select(point => point.Tau)]), Moments.Mean([.. points.Select(point => point.Rho)])) : null;
    }

    private IEnumerable<string> Different()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach ((FolderRow left, FolderRow right) in pairs)
        {
            foreach (string path in left.Settings.Keys.Union(right.Settings.Keys).Order(StringComparer.Ordinal))
            {
                (string was, string now) = (left.Settings.GetValueOrDefault(path, "not set"), right.Settings.GetValueOrDefault(path, "not set"));
                if (was != now && told.Add(path))
                {
                    yield return $"{path}: {(was.Length > 0 ? was : "none")} and {(now.Length > 0 ? now : "none")}";
                }
            }
        }
    }

    private static double Mean(FolderRow row, string metric) =>
        row.Cells.Values.Select(cell => cell.Metrics.GetValueOrDefault(metric)).OfType<double>().DefaultIfEmpty(double.NaN).Average();

    /// <summary>The folders' own names, or, where they are the same, the paths.</summary>
    private (string First, string Second) Labels()
    {
        string a = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(first.Path));
        string b = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(second.Path));
        return a != b && a.Length > 0 && b.Length > 0 ? (a, b) : first.Path != second.Path ? (first.Path, second.Path) : ("first", "second");
    }

    private static string Name(FolderRow row) => string.Join(", ", row.Axes.Select(axis => $"{axis.Key}={axis.Value}").Prepend(row.Policy));

    private static string Axes(FolderRow row) => string.Join('\n', row.Axes.Select(axis => $"{axis.Key}={axis.Value}"));
}
