namespace Cortex.Runtime.Cpu.Threads;

/// <summary>
/// The tiles of one piece of work that nobody has begun: an even share for each thread, which it takes from the front; who has none left takes from the
/// back of another's. A share is one number with the piece's in it, so that a thread that comes late cannot take a tile of the next piece for one of the last.
/// </summary>
internal sealed class OpenTiles(int threads)
{
    /// <summary>Tiles that a piece may have.</summary>
    public const int Most = (1 << Bits) - 1;

    private const int Bits = 20;
    private const int Apart = 16; // A pair of cache lines, which processors fetch together.

    // The piece's number, then the end of the share, then its front.
    private readonly long[] shares = new long[(threads + 1) * Apart];
    private long piece;

    /// <summary>Opens the tiles of the next piece. All of the last must have been taken.</summary>
    public void Publish(int tiles)
    {
        piece++;
        int front = 0;
        for (int i = 1; i <= threads; i++)
        {
            int end = (int)((long)tiles * i / threads);
            Interlocked.Exchange(ref shares[i * Apart], Share(end, front));
            front = end;
        }
    }

    /// <summary>Takes a tile for a thread.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryTake(int thread, out int tile)
    {
        for (int i = 0; i < threads; i++)
        {
            int owner = (thread + i) % threads;
            ref long share = ref shares[(owner + 1) * Apart];
            while (true)
            {
                long seen = Volatile.Read(ref share);
                int front = (int)(seen & Most);
                int end = (int)((seen >> Bits) & Most);
                if (front == end)
                {
                    break;
                }
                (tile, long left) = i == 0 ? (front, seen + 1) : (end - 1, seen - (1L << Bits));
                if (Interlocked.CompareExchange(ref share, left, seen) == seen)
                {
                    return true;
                }
            }
        }
        tile = -1;
        return false;
    }

    private long Share(int end, int front) => (piece << (2 * Bits)) | ((long)end << Bits) | (uint)front;
}
