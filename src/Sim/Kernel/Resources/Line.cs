namespace Cortex.Sim.Kernel;

/// <summary>Events in line: a list linked through the events themselves, so that joining and leaving cost O(1) and allocate nothing.</summary>
internal sealed class Line
{
    public Event? First { get; private set; }

    public Event? Last { get; private set; }

    public int Count { get; private set; }

    public void Append(Event newcomer) => InsertBehind(Last, newcomer);

    /// <summary>Inserts behind an event of the line; null: at its head.</summary>
    public void InsertBehind(Event? before, Event newcomer)
    {
        Event? next = before is null ? First : before.LineNext;
        newcomer.LinePrevious = before;
        newcomer.LineNext = next;
        newcomer.InLine = this;
        if (before is null)
        {
            First = newcomer;
        }
        else
        {
            before.LineNext = newcomer;
        }
        if (next is null)
        {
            Last = newcomer;
        }
        else
        {
            next.LinePrevious = newcomer;
        }
        Count++;
    }

    /// <summary>Removes an event; false if it does not stand in this line.</summary>
    public bool Remove(Event member)
    {
        if (member.InLine != this)
        {
            return false;
        }
        if (member.LinePrevious is { } previous)
        {
            previous.LineNext = member.LineNext;
        }
        else
        {
            First = member.LineNext;
        }
        if (member.LineNext is { } next)
        {
            next.LinePrevious = member.LinePrevious;
        }
        else
        {
            Last = member.LinePrevious;
        }
        member.LineNext = member.LinePrevious = null;
        member.InLine = null;
        Count--;
        return true;
    }

    public List<T> ToList<T>()
        where T : Event
    {
        List<T> members = new(Count);
        for (Event? member = First; member is not null; member = member.LineNext)
        {
            members.Add((T)member);
        }
        return members;
    }
}
