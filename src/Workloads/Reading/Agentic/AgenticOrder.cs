namespace Cortex.Workloads;

/// <summary>Puts the requests of a play in an order in which each comes after what it waits for, as close to the file's as can be.</summary>
internal static class AgenticOrder
{
    /// <returns>Indices of rows.</returns>
    /// <exception cref="TraceException">Two requests of one name, a dependency that is none of the play's, or a circle.</exception>
    public static List<int> Of(AgenticPlay play, string file)
    {
        Dictionary<string, int> indices = Indices(play, file);
        List<int>[] dependents = new List<int>[play.Rows.Count];
        int[] missing = new int[play.Rows.Count];
        PriorityQueue<int, int> ready = new();
        for (int i = 0; i < play.Rows.Count; i++)
        {
            foreach (AgenticEdge edge in play.EdgesOf(play.Rows[i]))
            {
                if (!indices.TryGetValue(edge.Id, out int before))
                {
                    throw new TraceException(file, play.Rows[i].Line, $"a dependency is request '{edge.Id}'", $"a request of the same play, '{play.Name}'");
                }
                (dependents[before] ??= []).Add(i);
                missing[i]++;
            }
            if (missing[i] == 0)
            {
                ready.Enqueue(i, i);
            }
        }
        List<int> order = [];
        while (ready.TryDequeue(out int row, out _))
        {
            order.Add(row);
            foreach (int waiting in dependents[row] ?? [])
            {
                if (--missing[waiting] == 0)
                {
                    ready.Enqueue(waiting, waiting);
                }
            }
        }
        return order.Count == play.Rows.Count
            ? order
            : throw new TraceException(
                file, play.Rows[Array.FindIndex(missing, count => count > 0)].Line, "a request waits, over others, for itself", "dependencies without circles");
    }

    private static Dictionary<string, int> Indices(AgenticPlay play, string file)
    {
        Dictionary<string, int> indices = [];
        for (int i = 0; i < play.Rows.Count; i++)
        {
            if (!indices.TryAdd(play.Rows[i].Id, i))
            {
                throw new TraceException(file, play.Rows[i].Line, $"a second request '{play.Rows[i].Id}' of play '{play.Name}'", "each request_id once in a play");
            }
        }
        return indices;
    }
}
