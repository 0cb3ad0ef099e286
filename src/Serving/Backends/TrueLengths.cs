namespace Cortex.Serving;

/// <summary>
/// Where calls really end, by tag, and how many tokens each has been given. Backends keep it; the core never sees it. A step in flight may
/// still hold a call that has gone; it gets nothing then. Tags count up, so that pages whose calls have all come and gone are let go.
/// </summary>
/// <param name="ends">Tokens that the call with this tag produces, its stop token included; asked again whenever it matters, of calls that are there.</param>
public sealed class TrueLengths(Func<int, int> ends)
{
    internal const long NotSteady = -1;

    private const int Gone = -1;
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private Page?[] pages = [];
    private long notSteady = NotSteady;

    /// <summary>A call comes; to be told before anything is asked of it, once.</summary>
    public void Begin(int tag)
    {
        int page = tag >> PageBits;
        if (page >= pages.Length)
        {
            Array.Resize(ref pages, Math.Max(page + 1, pages.Length * 2));
        }
        Page of = pages[page] ??= new();
        of.Calls++;
        of.Emitted[tag & (PageSize - 1)] = 0;
    }

    /// <summary>A call has gone; to be told once.</summary>
    public void Forget(int tag)
    {
        Page page = pages[tag >> PageBits]!;
        page.Emitted[tag & (PageSize - 1)] = Gone;
        if (--page.Calls == 0)
        {
            pages[tag >> PageBits] = null;
        }
    }

    /// <summary>Tokens that the call has still to produce until its stop token, that one included; negative of a call that has gone.</summary>
    public int Left(int tag) =>
        pages[tag >> PageBits] is { } page && page.Emitted[tag & (PageSize - 1)] is not Gone and int emitted ? ends(tag) - emitted : Gone;

    public void Emit(int tag, int tokens)
    {
        if (pages[tag >> PageBits] is { } page && page.Emitted[tag & (PageSize - 1)] != Gone)
        {
            page.Emitted[tag & (PageSize - 1)] += tokens;
        }
    }

    /// <summary>Steps that the call's engine had taken when the call became steady; <see cref="NotSteady"/> while it is not. For <see cref="SteadyEnds"/>.</summary>
    internal ref long JoinedAt(int tag)
    {
        if (pages[tag >> PageBits] is { } page)
        {
            return ref page.JoinedAt[tag & (PageSize - 1)];
        }
        return ref notSteady;
    }

    private sealed class Page
    {
        public readonly int[] Emitted = Filled(Gone);
        public readonly long[] JoinedAt = Filled(NotSteady);
        public int Calls;

        private static T[] Filled<T>(T value)
        {
            T[] values = new T[PageSize];
            Array.Fill(values, value);
            return values;
        }
    }
}
