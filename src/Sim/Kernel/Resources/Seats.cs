namespace Cortex.Sim.Kernel;

/// <summary>The requests that have a slot. Each knows its seat and the number of its grant, so that taking one and leaving it cost O(1).</summary>
internal sealed class Seats
{
    private Request?[] seated = new Request?[4];
    private long grants;

    public int Count { get; private set; }

    public Request this[int seat] => seated[seat]!;

    public void Add(Request request)
    {
        if (Count == seated.Length)
        {
            Array.Resize(ref seated, 2 * Count);
        }
        request.Seat = Count;
        request.Grant = ++grants;
        seated[Count++] = request;
    }

    /// <summary>Removes a request; false if it has no seat.</summary>
    public bool Remove(Request request)
    {
        int seat = request.Seat;
        if (seat < 0)
        {
            return false;
        }
        Request last = seated[--Count]!;
        seated[Count] = null;
        if (last != request)
        {
            seated[seat] = last;
            last.Seat = seat;
        }
        request.Seat = Request.NoSeat;
        return true;
    }

    /// <summary>In order of their grants.</summary>
    public List<Request> ToList()
    {
        List<Request> list = new(Count);
        for (int seat = 0; seat < Count; seat++)
        {
            list.Add(this[seat]);
        }
        list.Sort(static (left, right) => left.Grant.CompareTo(right.Grant));
        return list;
    }
}
