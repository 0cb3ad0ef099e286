using System.Buffers;

namespace Cortex.Runtime.Tokenizers;

/// <summary>Finds added tokens in a text: leftmost first, the longest of those that start at one place.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<(int Node, char Next), int> _edges = [];   // a trie over UTF-16; node 0 is the root
    private readonly List<AddedToken?> _ends = [null];                     // by node
    private readonly SearchValues<char> _first;

    /// <param name="tokens">Each with the text under which it is looked for.</param>
    public AddedTokenMatcher(IEnumerable<(string Text, AddedToken Token)> tokens)
    {
        foreach ((string text, AddedToken token) in tokens)
        {
            int node = 0;
            foreach (char c in text)
            {
                if (!_edges.TryGetValue((node, c), out int next))
                {
                    next = _ends.Count;
                    _ends.Add(null);
                    _edges.Add((node, c), next);
                }
                node = next;
            }
            _ends[node] = node == 0 ? null : token;
        }
        _first = SearchValues.Create([.. _edges.Keys.Where(edge => edge.Node == 0).Select(edge => edge.Next)]);
    }

    /// <summary>Finds the first added token at or after a place.</summary>
    /// <param name="specialAsText">Special tokens are passed over: they stay text.</param>
    /// <param name="start">Where it starts, white space that it takes included; the text's length if there is none.</param>
    /// <param name="end">Where it ends, white space that it takes included.</param>
    public AddedToken? Find(ReadOnlySpan<char> text, int from, bool specialAsText, out int start, out int end)
    {
        for (int at = from; ;)
        {
            int ahead = text[at..].IndexOfAny(_first);
            if (ahead < 0)
            {
                start = end = text.Length;
                return null;
            }
            at += ahead;
            (AddedToken? token, int stop) = Longest(text, at);
            if (token is not null && !(specialAsText && token.Special) && !(token.SingleWord && IsPartOfWord(text, at, stop)))
            {
                (start, end) = (at, stop);
                while (token.StripLeft && start > from && char.IsWhiteSpace(text[start - 1]))
                {
                    start--;
                }
                while (token.StripRight && end < text.Length && char.IsWhiteSpace(text[end]))
                {
                    end++;
                }
                return token;
            }
            at = token is null ? at + 1 : stop;   // what was passed over is not searched again, as in the reference
        }
    }

    private (AddedToken? Token, int End) Longest(ReadOnlySpan<char> text, int start)
    {
        (AddedToken? Token, int End) best = (null, start);
        int node = 0;
        for (int at = start; at < text.Length && _edges.TryGetValue((node, text[at]), out node); at++)
        {
            if (_ends[node] is { } token)
            {
                best = (token, at + 1);
            }
        }
        return best;
    }

    private static bool IsPartOfWord(ReadOnlySpan<char> text, int start, int end) =>
        (start > 0 && CharSet.Word.Contains(CodePoint.Before(text, start))) || (end < text.Length && CharSet.Word.Contains(CodePoint.At(text, end)));
}
