using Cortex.Serving;

namespace Cortex.Experiments.Details;

/// <summary>From many workflows a few groups of equal size, the quickest first: what makes the slow ones slow is another question than what makes the average.</summary>
public static class BlameProfile
{
    private const int Groups = 20;

    /// <param name="workflows">As <see cref="MetricsCollector.FinishedBlame"/> gives them; fewer than twenty are a group each.</param>
    public static IReadOnlyList<BlameGroup> Of(IEnumerable<(int Tag, WorkflowBlame Blame)> workflows)
    {
        // Of equal times, the handle decides, so that the groups do not depend on the order of arrival here.
        WorkflowBlame[] sorted = [.. workflows.OrderBy(one => one.Blame.Total.Ns).ThenBy(one => one.Tag).Select(one => one.Blame)];
        int count = Math.Min(Groups, sorted.Length);
        var groups = new List<BlameGroup>();
        for (int group = 0; group < count; group++)
        {
            int first = (int)((long)sorted.Length * group / count);
            int end = (int)((long)sorted.Length * (group + 1) / count);
            groups.Add(new(end - first, MeanBlame.Of(new ArraySegment<WorkflowBlame>(sorted, first, end - first))!.Seconds));
        }
        return groups;
    }
}
