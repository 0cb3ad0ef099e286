namespace Cortex.Sim.Kernel;

/// <summary>
/// What the processes of one environment have ahead of them, in SimPy's order: time, then urgent before all else, then phase, then order
/// of scheduling. What is due at once passes through two rings and never through the heap: an entry of the heap for the present instant
/// was made at an earlier one, so that it stands before all in the ring of its phase.
/// </summary>
internal sealed class Agenda
{
    private const int RingSlot = EventOrder.MaxSlots - 1; // In a ticket: the timer stands in the ring.
    private const int NoSlot = -1;
    private const int SmallestSweep = 64;

    private readonly EventHeap heap = new();
    private Ring urgent = new(); // Not read-only: structures that change.
    private Ring normal = new();
    private ulong[] orderOfSlot = new ulong[64];
    private Timer[] timerOfSlot = new Timer[64];
    private int usedSlots;
    private int firstFreeSlot = NoSlot;
    private int live;
    private ulong sequence;
    private bool passedTimers; // Of the present instant, those that come before the ring.

    /// <summary>The present, in nanoseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Mixes the times of all timers taken so far with their tickets.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>Timers that wait and are not cancelled, and entries of the present instant.</summary>
    public int Count => live + urgent.Live + normal.Live;

    /// <summary>Entries of the heap, cancelled ones included.</summary>
    public int Entries => heap.Count;

    /// <summary>Due now, before all that is not urgent.</summary>
    public void AddUrgent(Schedulable node) => urgent.Add(node);

    /// <summary>Due now, behind what is due.</summary>
    public void Add(Schedulable node) => normal.Add(node);

    /// <summary>Due now, behind what is due, unless it is taken back as a timer is.</summary>
    public void AddTimer(Schedulable node)
    {
        node.Ticket = EventOrder.Of(Phase.Process, ++sequence, RingSlot);
        normal.Add(node, node.Ticket);
    }

    /// <summary>Sets the node's one timer.</summary>
    /// <param name="node">Without a timer.</param>
    /// <param name="delay">Nanoseconds from now, 0 or more.</param>
    /// <param name="phase">Its place within the instant.</param>
    public void SetTimer(Schedulable node, long delay, Phase phase)
    {
        if (sequence == EventOrder.MaxSequence)
        {
            Refusals.TooManyTimers();
        }
        if (delay == 0 && phase == Phase.Process)
        {
            AddTimer(node);
            return;
        }
        long at = Now + delay;
        if (at < Now || at == long.MaxValue)
        {
            Refusals.BeyondTime(Now, delay);
        }
        int slot = TakeSlot();
        ulong order = EventOrder.Of(phase, ++sequence, slot);
        orderOfSlot[slot] = order;
        timerOfSlot[slot].Node = node;
        node.Ticket = order;
        heap.Push(new(at, order));
        live++;
        passedTimers &= delay > 0;
    }

    /// <summary>Takes the node's timer back, if it has one. Amortised O(1): the entry is skipped, or swept out with others.</summary>
    public void CancelTimer(Schedulable node)
    {
        if (node.Ticket == 0)
        {
            return;
        }
        int slot = EventOrder.Slot(node.Ticket);
        node.Ticket = 0;
        if (slot == RingSlot)
        {
            return;
        }
        FreeSlot(slot);
        if (heap.Count >= SmallestSweep && heap.Count > 2 * live)
        {
            heap.Keep(orderOfSlot);
        }
    }

    /// <summary>Takes what comes next and moves the clock to it, unless it is due at <paramref name="limit"/> or later; null then.</summary>
    /// <param name="limit">Nanoseconds, later than the present.</param>
    public Schedulable? Take(long limit)
    {
        if (urgent.Count > 0 && urgent.TryTake(out Schedulable? node))
        {
            return node;
        }
        if (normal.Count > 0)
        {
            if (!passedTimers && TakeDue() is { } due)
            {
                return due;
            }
            if (normal.TryTake(out node))
            {
                return node;
            }
        }
        return TakeTimer(limit);
    }

    /// <summary>Moves the clock to a time before which nothing is left.</summary>
    public void MoveTo(long time)
    {
        Now = time;
        passedTimers = false;
    }

    /// <summary>When the next thing is due; <see cref="long.MaxValue"/> if nothing is left.</summary>
    public long Peek()
    {
        if (urgent.Any() || normal.Any())
        {
            return Now;
        }
        while (heap.TryRoot(out HeapEntry root))
        {
            if (orderOfSlot[EventOrder.Slot(root.Order)] == root.Order)
            {
                return root.Time;
            }
            heap.RemoveRoot();
        }
        return long.MaxValue;
    }

    /// <summary>A timer of the present instant that comes before the ring, if there is one. There will be none again before the clock moves.</summary>
    private Schedulable? TakeDue()
    {
        while (heap.NextTime == Now && heap.TryRoot(out HeapEntry root) && EventOrder.Phase(root.Order) <= Phase.Process)
        {
            if (TakeRoot(root) is { } due)
            {
                return due;
            }
        }
        passedTimers = true;
        return null;
    }

    private Schedulable? TakeTimer(long limit)
    {
        while (heap.TryRoot(out HeapEntry root) && root.Time < limit)
        {
            if (TakeRoot(root) is { } due)
            {
                if (root.Time != Now)
                {
                    MoveTo(root.Time);
                }
                Fingerprint = (ulong.RotateLeft(Fingerprint, 5) ^ (ulong)root.Time ^ root.Order) * 0x9E3779B97F4A7C15;
                return due;
            }
        }
        return null;
    }

    /// <summary>Removes the root; null if it was cancelled.</summary>
    private Schedulable? TakeRoot(HeapEntry root)
    {
        heap.RemoveRoot();
        int slot = EventOrder.Slot(root.Order);
        if (orderOfSlot[slot] != root.Order)
        {
            return null;
        }
        Schedulable node = timerOfSlot[slot].Node;
        node.Ticket = 0;
        FreeSlot(slot);
        return node;
    }

    private int TakeSlot()
    {
        if (firstFreeSlot != NoSlot)
        {
            int slot = firstFreeSlot;
            firstFreeSlot = timerOfSlot[slot].NextFree;
            return slot;
        }
        if (usedSlots == RingSlot)
        {
            Refusals.TooManyTimers();
        }
        if (usedSlots == orderOfSlot.Length)
        {
            Array.Resize(ref orderOfSlot, 2 * usedSlots);
            Array.Resize(ref timerOfSlot, 2 * usedSlots);
        }
        return usedSlots++;
    }

    private void FreeSlot(int slot)
    {
        orderOfSlot[slot] = 0;
        timerOfSlot[slot].NextFree = firstFreeSlot; // The node stays until the slot is used again: clearing it would cost every event a write.
        firstFreeSlot = slot;
        live--;
    }

    private struct Timer
    {
        public Schedulable Node;
        public int NextFree;
    }
}
