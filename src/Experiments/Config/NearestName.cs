namespace Cortex.Experiments.Config;

/// <summary>Finds what a user may have meant.</summary>
public static class NearestName
{
    /// <summary>The name with the fewest edits (letters inserted, left out, exchanged, or two neighbours swapped); null if none is near.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string? best = null;
        int fewest = Math.Max(2, written.Length / 3) + 1;
        foreach (string name in names)
        {
            int edits = Edits(written, name);
            if (edits < fewest)
            {
                fewest = edits;
                best = name;
            }
        }
        return best;
    }

    /// <summary>The end of an error message: the nearest name, if any, and all that is allowed.</summary>
    public static string Hint(string written, IReadOnlyCollection<string> names)
    {
        string meant = Of(written, names) is { } nearest ? $"; did you mean '{nearest}'?" : ";";
        return $"{meant} allowed: {string.Join(", ", names)}";
    }

    private static int Edits(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }
        return cost[a.Length, b.Length];
    }
}
