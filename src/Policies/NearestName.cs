namespace Cortex.Policies;

/// <summary>Finds what a mistyped name was meant to be, so that an error can say so.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name with the smallest Damerau–Levenshtein distance (insertions, deletions, replacements, swaps of neighbours; case is
    /// ignored), the first of equals; null if nothing is known.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> known) => known.MinBy(candidate => Distance(name, candidate));

    /// <summary>The whole error: <c>unknown GPU 'h10'; the nearest is 'h100'; known: a100, h100, h200</c>.</summary>
    /// <param name="what">What kind of thing is named, such as <c>GPU</c>.</param>
    /// <param name="name">The name that is not known.</param>
    /// <param name="known">All names that are.</param>
    public static string Unknown(string what, string name, IReadOnlyCollection<string> known) => known.Count == 0
        ? $"unknown {what} '{name}'; none is known here"
        : $"unknown {what} '{name}'; the nearest is '{Of(name, known)}'; known: {string.Join(", ", known)}";

    /// <summary>Edits between two names, each character being part of at most one edit (optimal string alignment).</summary>
    public static int Distance(string left, string right)
    {
        int[] beforeLast = new int[right.Length + 1];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        int[] row = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int edit = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + edit);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }
            (beforeLast, last, row) = (last, row, beforeLast);
        }
        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
