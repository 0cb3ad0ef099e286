using System.Collections.Concurrent;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Ids of pieces seen before: most of a text is words that come again. Bounded in pieces and in their length; when it is full, what is
/// in it stays. Safe for several threads.
/// </summary>
internal sealed class PieceCache
{
    private const int MaximalPieces = 1 << 16;
    private const int MaximalLength = 48;

    private readonly ConcurrentDictionary<string, int[]> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _count;

    public PieceCache() => _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryGet(ReadOnlySpan<char> piece, out ReadOnlySpan<int> ids)
    {
        bool found = _lookup.TryGetValue(piece, out int[]? known);
        ids = known;
        return found;
    }

    public void Add(ReadOnlySpan<char> piece, ReadOnlySpan<int> ids)
    {
        if (piece.Length <= MaximalLength && Volatile.Read(ref _count) < MaximalPieces && _lookup.TryAdd(piece, ids.ToArray()))
        {
            Interlocked.Increment(ref _count);
        }
    }
}
