using Cortex.Serving;
using static Cortex.Experiments.Explaining.ExplainText;

namespace Cortex.Experiments.Explaining;

/// <summary>Where the time of the same workflows went in two runs.</summary>
internal static class BlameComparison
{
    private const int MostWorkflows = 8;

    /// <summary>Means over the workflows that ended in all the runs, a line each run, and the difference of each from the first.</summary>
    public static IEnumerable<string> Means(IReadOnlyList<(string Name, ExplainedRun Run)> runs)
    {
        int[] common = [.. Common(runs.Select(run => run.Run))];
        yield return Of($"{$"mean of {common.Length:N0} workflows, s",-26}{"time",10}{string.Concat(WorkflowBlame.Parts.Select(part => $"{part,12}"))}");
        MeanBlame? first = null;
        foreach ((string name, ExplainedRun run) in runs)
        {
            if (MeanBlame.Of(common.Select(tag => run.Trail.Blame[tag]!.Value)) is not { } mean)
            {
                yield break;
            }
            yield return Of($"{name,-26}{mean.Seconds.Sum(),10:F4}") + string.Concat(mean.Seconds.Select(part => Of($"{part,12:F4}")));
            if (first is null)
            {
                first = mean;
                continue;
            }
            double[] changes = [.. mean.Seconds.Zip(first.Seconds, (now, then) => now - then)];
            yield return $"{$"  less {runs[0].Name}",-26}{Change(changes.Sum()),10}{string.Concat(changes.Select(change => $"{Change(change),12}"))}";
        }
    }

    /// <summary>The workflows whose time changed most, and of which part.</summary>
    public static IEnumerable<string> LargestChanges(ExplainedRun first, ExplainedRun second)
    {
        (int Tag, long Change)[] changes =
        [
            .. Common([first, second])
                .Select(tag => (Tag: tag, Change: second.Trail.Blame[tag]!.Value.Total.Ns - first.Trail.Blame[tag]!.Value.Total.Ns))
                .Where(change => change.Change != 0)
                .OrderByDescending(change => Math.Abs(change.Change)),
        ];
        yield return Of($"{changes.Length:N0} workflows take another time{(changes.Length > MostWorkflows ? "; the largest changes:" : changes.Length > 0 ? ":" : "")}");
        foreach ((int tag, _) in changes.Take(MostWorkflows))
        {
            yield return $"  {Workflow(first, second, tag)}";
        }
    }

    /// <summary>One workflow in two runs.</summary>
    public static string Workflow(ExplainedRun first, ExplainedRun second, int tag)
    {
        string name = $"workflow {first.Names.Workflow(tag)}";
        if (first.Trail.Blame[tag] is not { } then || second.Trail.Blame[tag] is not { } now)
        {
            return $"{name} does not end in both";
        }
        IEnumerable<string> parts = WorkflowBlame.Parts.Zip(then.ToArray(), now.ToArray())
            .Where(part => part.Second != part.Third)
            .Select(part => $"{part.First} {Change((part.Third - part.Second).Seconds)}");
        return $"{name}: {Seconds(then.Total)} → {Seconds(now.Total)} ({string.Join(", ", parts.DefaultIfEmpty("no part changes"))})";
    }

    private static IEnumerable<int> Common(IEnumerable<ExplainedRun> runs)
    {
        ExplainedRun[] all = [.. runs];
        return all[0].Trail.Workflows.Keys.Where(tag => all.All(run => run.Trail.Blame[tag] is not null));
    }
}
