namespace Cortex.Serving;

/// <summary>
/// A value for each of the client's handles, default until set. Clients number calls and workflows densely, so pages indexed by the handle
/// take less room and time than a hash table, and are gone through in order. Any handle is allowed; widely scattered ones cost a page each.
/// </summary>
/// <param name="pool">Where its pages come from.</param>
internal sealed class TagTable<T>(PagePool<T> pool)
    where T : struct
{
    private T[]?[] pages = [];

    /// <summary>Of each page, how many of its handles have been let go.</summary>
    private int[] released = [];

    public ref T this[int tag]
    {
        get
        {
            int page = (int)((uint)tag >> PagePool<T>.PageBits);
            if (page >= pages.Length)
            {
                Array.Resize(ref pages, Math.Max(page + 1, pages.Length * 2));
            }
            return ref (pages[page] ??= pool.Take())[tag & (PagePool<T>.PageSize - 1)];
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
                    yield return (page << PagePool<T>.PageBits, values);
                }
            }
        }
    }

    /// <summary>These handles, each once, will not be asked for again: pages without others are given back.</summary>
    public void Release(int firstTag, int count)
    {
        for (uint tag = (uint)firstTag, end = tag + (uint)count; tag < end;)
        {
            int page = (int)(tag >> PagePool<T>.PageBits);
            uint next = Math.Min(end, (uint)(page + 1) << PagePool<T>.PageBits);
            if (page >= released.Length)
            {
                Array.Resize(ref released, Math.Max(page + 1, released.Length * 2));
            }
            released[page] += (int)(next - tag);
            if (released[page] == PagePool<T>.PageSize && page < pages.Length && pages[page] is { } values)
            {
                pool.Give(values);
                pages[page] = null;
            }
            tag = next;
        }
    }

    /// <summary>Gives its pages back; the table is empty then.</summary>
    public void Clear()
    {
        released = [];
        foreach (T[]? page in pages)
        {
            if (page is not null)
            {
                pool.Give(page);
            }
        }
        pages = [];
    }
}
