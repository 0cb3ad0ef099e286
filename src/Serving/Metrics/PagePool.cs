namespace Cortex.Serving;

/// <summary>Pages of one size that tables take, and give back when they are no longer needed.</summary>
internal sealed class PagePool<T>
    where T : struct
{
    public const int PageBits = 10;
    public const int PageSize = 1 << PageBits;

    private readonly Stack<T[]> spares = new();

    /// <summary>A page of default values.</summary>
    public T[] Take()
    {
        if (!spares.TryPop(out T[]? page))
        {
            return new T[PageSize];
        }
        Array.Clear(page);
        return page;
    }

    public void Give(T[] page) => spares.Push(page);
}
