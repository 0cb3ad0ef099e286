namespace Cortex.Serving.Fleet;

/// <summary>A small set of worker indices, taken in ascending order.</summary>
internal sealed class SortedWorkers
{
    private readonly List<int> descending = [];

    public void Add(int worker)
    {
        int at = descending.Count;
        while (at > 0 && descending[at - 1] < worker)
        {
            at--;
        }
        if (at == 0 || descending[at - 1] != worker)
        {
            descending.Insert(at, worker);
        }
    }

    public bool TryTake(out int worker)
    {
        if (descending.Count == 0)
        {
            worker = -1;
            return false;
        }
        worker = descending[^1];
        descending.RemoveAt(descending.Count - 1);
        return true;
    }
}
