namespace Cortex.Workloads;

/// <summary>Requests that hang together, however indirectly: disjoint sets, each known by its first request.</summary>
internal sealed class AgenticGroups(int count)
{
    private readonly int[] towardsFirst = [.. Enumerable.Range(0, count)];

    public int FirstOf(int item)
    {
        while (towardsFirst[item] != item)
        {
            item = towardsFirst[item] = towardsFirst[towardsFirst[item]];
        }
        return item;
    }

    public void Join(int one, int other)
    {
        int first = FirstOf(one), second = FirstOf(other);
        towardsFirst[Math.Max(first, second)] = Math.Min(first, second);
    }
}
