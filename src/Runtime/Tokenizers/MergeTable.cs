namespace Cortex.Runtime.Tokenizers;

/// <summary>Which two neighbours become one token, and in which order of preference.</summary>
internal sealed class MergeTable(int expected)
{
    private readonly Dictionary<ulong, (int Rank, int Id)> _merges = new(expected);

    /// <summary>Adds the merge of two tokens. Of a pair that is named twice the later rank holds, as in the reference.</summary>
    /// <param name="rank">Preference: lower is merged earlier.</param>
    /// <returns>What stands in the way, as the end of a sentence; null if it was added.</returns>
    public string? Add(Vocabulary vocabulary, string left, string right, int rank)
    {
        if (!vocabulary.TryGet(left, out int first) || !vocabulary.TryGet(right, out int second))
        {
            return $"token '{(vocabulary.TryGet(left, out _) ? right : left)}' is not in the vocabulary";
        }
        if (!vocabulary.TryGet(left + right, out int whole))
        {
            return $"'{left}' and '{right}' make '{left + right}', which is not in the vocabulary";
        }
        _merges[Key(first, second)] = (rank, whole);
        return null;
    }

    public bool TryGet(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue(Key(left, right), out merge);

    /// <summary>Takes a merge written as two tokens with a space between apart.</summary>
    public static bool TrySplit(string text, out string left, out string right)
    {
        int space = text.IndexOf(' ');
        bool two = space > 0 && space < text.Length - 1 && text.IndexOf(' ', space + 1) < 0;
        (left, right) = two ? (text[..space], text[(space + 1)..]) : ("", "");
        return two;
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;
}
