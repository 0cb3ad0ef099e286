namespace Cortex.Serving;

/// <summary>
/// The measured calls of a run, in the order of their ends. Kept in pages: a list would be copied whenever it grew, and above 85 kB each copy
/// would lie where the collector looks only in its dearest rounds.
/// </summary>
public sealed class CallLog
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private readonly List<MeasuredCall[]> pages = [];

    /// <summary>Calls so far.</summary>
    public int Count { get; private set; }

    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public ref readonly MeasuredCall this[int index] => ref pages[index >> PageBits][index & (PageSize - 1)];

    internal void Add(in MeasuredCall call)
    {
        if (Count == pages.Count << PageBits)
        {
            pages.Add(new MeasuredCall[PageSize]);
        }
        pages[Count >> PageBits][Count & (PageSize - 1)] = call;
        Count++;
    }
}
