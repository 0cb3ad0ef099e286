namespace Cortex.Serving.Batching;

/// <summary>A list of sequences in the order of the running list, linked through the sequences: the loose ones, or one place of the ring.</summary>
internal struct SequenceList
{
    public PagedSequence? First;
    private PagedSequence? last;

    public int Count;

    public void Add(PagedSequence item)
    {
        PagedSequence? before = last;
        while (before is not null && before.RunOrder > item.RunOrder)
        {
            before = before.GroupPrevious;
        }
        PagedSequence? after = before is null ? First : before.GroupNext;
        item.GroupPrevious = before;
        item.GroupNext = after;
        if (before is null)
        {
            First = item;
        }
        else
        {
            before.GroupNext = item;
        }
        if (after is null)
        {
            last = item;
        }
        else
        {
            after.GroupPrevious = item;
        }
        Count++;
    }

    public void Remove(PagedSequence item)
    {
        if (item.GroupPrevious is null)
        {
            First = item.GroupNext;
        }
        else
        {
            item.GroupPrevious.GroupNext = item.GroupNext;
        }
        if (item.GroupNext is null)
        {
            last = item.GroupPrevious;
        }
        else
        {
            item.GroupNext.GroupPrevious = item.GroupPrevious;
        }
        item.GroupNext = null;
        item.GroupPrevious = null;
        Count--;
    }
}
