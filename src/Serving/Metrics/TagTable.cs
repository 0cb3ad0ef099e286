namespace Cortex.Serving;

/// <summary>
/// A value for each of the client's handles, default until set. Clients number calls and workflows densely, so pages indexed by the handle
/// take less room and time than a hash table, and are gone through in order. Any handle is allowed; widely scattered ones cost a page each.
/// </summary>
internal sealed class TagTable<T>
    where T : struct
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private T[]?[] pages = [];

    public ref T this[int tag]
    {
        get
        {
            int page = (int)((uint)tag >> PageBits);
            if (page >= pages.Length)
            {
                Array.Resize(ref pages, Math.Max(page + 1, pages.Length * 2));
            }
            return ref (pages[page] ??= new T[PageSize])[tag & (PageSize - 1)];
        }
    }

    /// <summary>Pages in use, in the order of handles (taken as unsigned), with the first handle of each.</summary>
    public IEnumerable<(int FirstTag, T[] Values)> Pages
    {
        get
        {
            for (int page = 0; page < pages.Length; page++)
            {
                if (pages[page] is { } values)
                {
                    yield return (page << PageBits, values);
                }
            }
        }
    }
}
