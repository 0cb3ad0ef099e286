namespace Cortex.Serving;

/// <summary>
/// The measured calls of a run, in the order of their ends. Kept in pages: a list would be copied whenever it grew, and above 85 kB each copy
/// would lie where the collector looks only in its dearest rounds.
/// </summary>
public sealed class CallLog
{
    private const int PageBits = PagePool<MeasuredCall>.PageBits;
    private const int PageSize = PagePool<MeasuredCall>.PageSize;

    private readonly PagePool<MeasuredCall> pool;
    private readonly List<MeasuredCall[]> pages = [];

    internal CallLog(PagePool<MeasuredCall> pool) => this.pool = pool;

    /// <summary>Calls so far.</summary>
    public int Count { get; private set; }

    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public ref readonly MeasuredCall this[int index] => ref pages[index >> PageBits][index & (PageSize - 1)];

    internal void Add(in MeasuredCall call)
    {
        if (Count == pages.Count << PageBits)
        {
            pages.Add(pool.Take());
        }
        pages[Count >> PageBits][Count & (PageSize - 1)] = call;
        Count++;
    }

    /// <summary>Forgets them all.</summary>
    internal void Clear()
    {
        pages.ForEach(pool.Give);
        pages.Clear();
        Count = 0;
    }
}
