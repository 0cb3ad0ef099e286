using Cortex.Serving;

namespace Cortex.Experiments.Details;

/// <summary>From many workflows a few groups of equal size, the quickest first: what makes the slow ones slow is another question than what makes the average.</summary>
public static class BlameProfile
{
    private const int Groups = 20;

    /// <param name="workflows">As <see cref="MetricsCollector.FinishedBlame"/> gives them, sorted in place; fewer than twenty are a group each.</param>
    public static IReadOnlyList<BlameGroup> Of((int Tag, WorkflowBlame Blame)[] workflows)
    {
        // Of equal times, the handle decides, so that the groups do not depend on the order of arrival here.
        Array.Sort(workflows, (left, right) => (left.Blame.Total.Ns, left.Tag).CompareTo((right.Blame.Total.Ns, right.Tag)));
        int count = Math.Min(Groups, workflows.Length);
        var groups = new List<BlameGroup>();
        for (int group = 0; group < count; group++)
        {
            int first = (int)((long)workflows.Length * group / count);
            int end = (int)((long)workflows.Length * (group + 1) / count);
            groups.Add(new(end - first, MeanBlame.Of(new ArraySegment<(int Tag, WorkflowBlame Blame)>(workflows, first, end - first).Select(one => one.Blame))!.Seconds));
        }
        return groups;
    }
}
