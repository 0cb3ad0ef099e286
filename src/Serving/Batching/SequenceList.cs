namespace Cortex.Serving.Batching;

/// <summary>A list of sequences in the order of the running list, linked through the sequences themselves.</summary>
/// <typeparam name="TLinks">Which of a sequence's links the list uses. A sequence is in one list of each kind at most.</typeparam>
internal struct SequenceList<TLinks>
    where TLinks : struct, ISequenceLinks
{
    public PagedSequence? First;
    public PagedSequence? Last;
    public int Count;

    public void Add(PagedSequence item)
    {
        PagedSequence? before = Last;
        while (before is not null && before.RunOrder > item.RunOrder)
        {
            before = TLinks.Of(before).Previous;
        }
        PagedSequence? after = before is null ? First : TLinks.Of(before).Next;
        TLinks.Of(item) = new() { Previous = before, Next = after };
        if (before is null)
        {
            First = item;
        }
        else
        {
            TLinks.Of(before).Next = item;
        }
        if (after is null)
        {
            Last = item;
        }
        else
        {
            TLinks.Of(after).Previous = item;
        }
        Count++;
    }

    public void Remove(PagedSequence item)
    {
        (PagedSequence? before, PagedSequence? after) = (TLinks.Of(item).Previous, TLinks.Of(item).Next);
        if (before is null)
        {
            First = after;
        }
        else
        {
            TLinks.Of(before).Next = after;
        }
        if (after is null)
        {
            Last = before;
        }
        else
        {
            TLinks.Of(after).Previous = before;
        }
        TLinks.Of(item) = default;
        Count--;
    }
}

/// <summary>A sequence's neighbours in a list.</summary>
internal struct Neighbours
{
    public PagedSequence? Previous, Next;
}

/// <summary>Says where the sequences of a list keep their neighbours.</summary>
internal interface ISequenceLinks
{
    static abstract ref Neighbours Of(PagedSequence item);
}

/// <summary>The running list.</summary>
internal readonly struct RunLinks : ISequenceLinks
{
    public static ref Neighbours Of(PagedSequence item) => ref item.Run;
}

/// <summary>The loose ones of the running list, or one place of the ring.</summary>
internal readonly struct GroupLinks : ISequenceLinks
{
    public static ref Neighbours Of(PagedSequence item) => ref item.Group;
}
