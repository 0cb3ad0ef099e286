using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>
/// The event calendar: a heap of 16-byte entries, and a table of slots with what each event carries. Cancelling empties the slot and
/// leaves the entry, which is skipped when it comes up; once more than half of the entries are dead, all are swept out. O(log n) for
/// each event, amortised O(1) to cancel; nothing is allocated once the arrays have grown to the largest number of waiting events.
/// </summary>
public sealed class Calendar : ICalendar
{
    private const int NoSlot = -1;
    private const int SmallestSweep = 64;

    private readonly EventHeap heap = new();
    private ulong[] orderOfSlot = new ulong[64];
    private int[] payloadOfSlot = new int[64]; // Of a free slot: the next free one.
    private int usedSlots;
    private int firstFreeSlot = NoSlot;
    private ulong sequence;

    /// <inheritdoc/>
    public Instant Now { get; private set; }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public EventHandle Schedule(Instant at, Phase phase, int payload)
    {
        if (at < Now || at == Instant.Never)
        {
            throw new ArgumentOutOfRangeException(nameof(at), at.Ns, at < Now
                ? $"an event cannot be scheduled before the present, {Now.Ns} ns"
                : "an event that never comes cannot be scheduled");
        }
        if (sequence == EventOrder.MaxSequence)
        {
            throw new InvalidOperationException($"a run can schedule at most {EventOrder.MaxSequence} events");
        }
        int slot = TakeSlot();
        ulong order = EventOrder.Of(phase, ++sequence, slot); // From 1 on, so that 0 marks an empty slot and names no event.
        orderOfSlot[slot] = order;
        payloadOfSlot[slot] = payload;
        heap.Push(new(at.Ns, order));
        Count++;
        return new(order);
    }

    /// <inheritdoc/>
    public bool Cancel(EventHandle handle)
    {
        int slot = EventOrder.Slot(handle.Order);
        if (handle.Order == 0 || slot >= usedSlots || orderOfSlot[slot] != handle.Order)
        {
            return false;
        }
        FreeSlot(slot);
        if (heap.Count >= SmallestSweep && heap.Count > 2 * Count)
        {
            heap.Keep(orderOfSlot);
        }
        return true;
    }

    /// <inheritdoc/>
    public bool TryPeek(out ScheduledEvent next)
    {
        bool any = TryNext(out HeapEntry entry);
        next = any ? Event(entry) : default;
        return any;
    }

    /// <inheritdoc/>
    public bool TryPop(out ScheduledEvent next)
    {
        if (!TryNext(out HeapEntry entry))
        {
            next = default;
            return false;
        }
        next = Event(entry);
        heap.RemoveRoot();
        FreeSlot(EventOrder.Slot(entry.Order));
        Now = next.At;
        return true;
    }

    private bool TryNext(out HeapEntry entry)
    {
        while (heap.TryRoot(out entry))
        {
            if (orderOfSlot[EventOrder.Slot(entry.Order)] == entry.Order)
            {
                return true;
            }
            heap.RemoveRoot();
        }
        return false;
    }

    private ScheduledEvent Event(HeapEntry entry) =>
        new(new(entry.Time), EventOrder.Phase(entry.Order), payloadOfSlot[EventOrder.Slot(entry.Order)]);

    private int TakeSlot()
    {
        if (firstFreeSlot != NoSlot)
        {
            int slot = firstFreeSlot;
            firstFreeSlot = payloadOfSlot[slot];
            return slot;
        }
        if (usedSlots == EventOrder.MaxSlots)
        {
            throw new InvalidOperationException($"at most {EventOrder.MaxSlots} events can wait at a time");
        }
        if (usedSlots == orderOfSlot.Length)
        {
            Array.Resize(ref orderOfSlot, 2 * usedSlots);
            Array.Resize(ref payloadOfSlot, 2 * usedSlots);
        }
        return usedSlots++;
    }

    private void FreeSlot(int slot)
    {
        orderOfSlot[slot] = 0;
        payloadOfSlot[slot] = firstFreeSlot;
        firstFreeSlot = slot;
        Count--;
    }
}
