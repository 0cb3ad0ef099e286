using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Byte-pair encoding of one piece of text (Sennrich et al. 2016, over bytes as in GPT-2): starts from single bytes and, while any two
/// neighbours have a merge, does the one of lowest rank, leftmost first.
/// </summary>
/// <remarks>
/// Neighbours are a linked list in arrays and candidates stand in a heap: O(n log n) for n bytes, whatever they are. A merge makes
/// at most two new candidates and there are at most n − 1 merges, so 3n entries hold every candidate there ever is. An entry whose pair has
/// changed since is known by its rank no longer being the one at its place.
/// </remarks>
internal sealed class BytePairEncoder
{
    private const int OnStack = 64;   // bytes of a piece up to which no memory is rented; longer ones are rare
    private const int NoMerge = int.MaxValue;

    private readonly Vocabulary _vocabulary;
    private readonly MergeTable _merges;
    private readonly PieceCache _cache = new();
    private readonly int[] _byteIds = new int[256];
    private readonly bool _wholePieces;
    private readonly HashSet<int> _added;

    /// <param name="wholePieces">A piece that is a token is taken whole, whatever its merges (<c>ignore_merges</c>).</param>
    /// <param name="added">Ids of added tokens: those are found in the text before this, and no piece becomes one by reading like it.</param>
    /// <param name="unknown">The token of a byte that has none; null drops such bytes, as the reference does.</param>
    public BytePairEncoder(Vocabulary vocabulary, MergeTable merges, bool wholePieces, IEnumerable<AddedToken> added, int? unknown)
    {
        (_vocabulary, _merges, _wholePieces, _added) = (vocabulary, merges, wholePieces, [.. added.Select(token => token.Id)]);
        for (int b = 0; b < _byteIds.Length; b++)
        {
            _byteIds[b] = vocabulary.TryGet([ByteAlphabet.CharOf((byte)b)], out int id) ? id : unknown ?? -1;
        }
    }

    /// <summary>Appends the ids of a piece.</summary>
    /// <param name="piece">Well-formed UTF-16.</param>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (_cache.TryGet(piece, out ReadOnlySpan<int> known))
        {
            ids.AddRange(known);
            return;
        }
        int before = ids.Count;
        EncodeBytes(piece, ids);
        _cache.Add(piece, CollectionsMarshal.AsSpan(ids)[before..]);
    }

    private void EncodeBytes(ReadOnlySpan<char> piece, List<int> ids)
    {
        int length = Encoding.UTF8.GetByteCount(piece);
        byte[]? rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> bytes = rented is null ? stackalloc byte[OnStack] : rented;
        bytes = bytes[..Encoding.UTF8.GetBytes(piece, bytes)];
        if (_wholePieces && TryWhole(bytes, out int whole))
        {
            ids.Add(whole);
        }
        else
        {
            Merge(bytes, ids);
        }
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private bool TryWhole(ReadOnlySpan<byte> bytes, out int id)
    {
        id = -1;
        if (bytes.Length > _vocabulary.LongestToken)
        {
            return false;
        }
        Span<char> written = bytes.Length > OnStack ? new char[bytes.Length] : stackalloc char[OnStack];
        for (int i = 0; i < bytes.Length; i++)
        {
            written[i] = ByteAlphabet.CharOf(bytes[i]);
        }
        return _vocabulary.TryGet(written[..bytes.Length], out id) && !_added.Contains(id);
    }

    private void Merge(ReadOnlySpan<byte> bytes, List<int> ids)
    {
        int n = bytes.Length;
        int[]? rented = n > OnStack ? ArrayPool<int>.Shared.Rent(4 * n) : null;
        ulong[]? rentedHeap = n > OnStack ? ArrayPool<ulong>.Shared.Rent(3 * n) : null;
        Span<int> memory = rented is null ? stackalloc int[4 * OnStack] : rented;
        Span<ulong> heap = rentedHeap is null ? stackalloc ulong[3 * OnStack] : rentedHeap;
        Span<int> symbols = memory[..n];
        int count = 0;
        foreach (byte b in bytes)
        {
            if (_byteIds[b] is >= 0 and int id)
            {
                symbols[count++] = id;
            }
        }
        Merge(symbols[..count], memory[n..], new MergeHeap(heap));
        for (int at = 0; at < count; at++)
        {
            if (symbols[at] >= 0)
            {
                ids.Add(symbols[at]);
            }
        }
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
            ArrayPool<ulong>.Shared.Return(rentedHeap!);
        }
    }

    // A symbol merged into its left neighbour becomes -1.
    private void Merge(Span<int> symbols, Span<int> memory, MergeHeap heap)
    {
        int count = symbols.Length;
        Span<int> previous = memory[..count], next = memory[count..(2 * count)], ranks = memory[(2 * count)..(3 * count)];
        for (int at = 0; at < count; at++)
        {
            (previous[at], next[at]) = (at - 1, at + 1 < count ? at + 1 : -1);
        }
        for (int at = 0; at < count; at++)
        {
            Rank(symbols, next, ranks, at, ref heap);
        }
        while (heap.TryPop(out int rank, out int at))
        {
            if (ranks[at] != rank)
            {
                continue;
            }
            int right = next[at];
            _merges.TryGet(symbols[at], symbols[right], out (int, int Id) merge);
            symbols[at] = merge.Id;
            (symbols[right], ranks[right]) = (-1, NoMerge);
            next[at] = next[right];
            if (next[at] >= 0)
            {
                previous[next[at]] = at;
            }
            Rank(symbols, next, ranks, at, ref heap);
            if (previous[at] >= 0)
            {
                Rank(symbols, next, ranks, previous[at], ref heap);
            }
        }
    }

    // Notes the rank of the pair that starts at a place, and puts it among the candidates.
    private void Rank(ReadOnlySpan<int> symbols, ReadOnlySpan<int> next, Span<int> ranks, int at, ref MergeHeap heap)
    {
        ranks[at] = NoMerge;
        if (next[at] >= 0 && _merges.TryGet(symbols[at], symbols[next[at]], out (int Rank, int) merge))
        {
            ranks[at] = merge.Rank;
            heap.Push(merge.Rank, at);
        }
    }
}
