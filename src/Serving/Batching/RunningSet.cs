namespace Cortex.Serving.Batching;

/// <summary>
/// The running list of an engine, in order of schedule-in. Its members are either <em>loose</em> (looked at in every step: prefills,
/// stalled ones) or <em>steady</em> (one token a step). The steady stand in a ring by the step in which they begin a block, and in a heap by
/// the step of their last token, so that a step costs what changes in it, whatever the batch size.
/// </summary>
internal sealed class RunningSet(int blockSize, DecodeClock clock)
{
    private readonly DecodeRing ring = new(blockSize);
    private readonly SequenceHeap ends = new();
    private SequenceList<RunLinks> running;
    private SequenceList<GroupLinks> loose;
    private long lastOrder;
    private long steadyComputedBase;

    public PagedSequence? First => running.First;
    public PagedSequence? Last => running.Last;
    public int Count => running.Count;
    public int SteadyCount { get; private set; }

    public PagedSequence? FirstLoose => loose.First;
    public int LooseCount => loose.Count;

    /// <summary>Σ over the steady of <see cref="Sequence.Computed"/>.</summary>
    public long SteadyComputed => steadyComputedBase + SteadyCount * clock.Planned;

    /// <summary>Earliest <see cref="PagedSequence.EndTick"/> of the steady; <see cref="long.MaxValue"/> if there are none.</summary>
    public long FirstEnd => ends.Count == 0 ? long.MaxValue : ends.MinKey;

    public PagedSequence FirstToEnd => ends.Peek();

    /// <summary>The steady that begin a block in the step planned when the clock stands at <paramref name="planned"/>, in running order.</summary>
    public ref readonly SequenceList<GroupLinks> Beginners(long planned) => ref ring.At(planned);

    /// <summary>Steps from now on in which no steady sequence begins a block.</summary>
    public int StepsToBeginner => ring.StepsToNext(clock.Planned);

    /// <summary>Adds at the end of the running list, loose.</summary>
    public void Append(PagedSequence item)
    {
        item.RunOrder = ++lastOrder;
        item.IsRunning = true;
        running.Add(item);
        loose.Add(item);
    }

    public void Remove(PagedSequence item)
    {
        if (item.IsSteady)
        {
            Loosen(item);
        }
        loose.Remove(item);
        running.Remove(item);
        item.IsRunning = false;
    }

    public void Join(PagedSequence item)
    {
        loose.Remove(item);
        item.Join();
        SteadyCount++;
        steadyComputedBase += item.Computed - clock.Planned;
        ring.Add(item);
        ends.Push(item, item.EndTick, item.RunOrder);
    }

    public void Loosen(PagedSequence item)
    {
        ring.Remove(item);
        ends.Remove(item);
        SteadyCount--;
        steadyComputedBase -= item.Computed - clock.Planned;
        item.Loosen();
        loose.Add(item);
    }

    /// <summary>
    /// How many steps the steady can take from now on until the first of them ends, with at most <paramref name="blocks"/> blocks for all
    /// together. There must be steady ones.
    /// </summary>
    public int StepsWithin(int blocks)
    {
        if (blocks < 0)
        {
            return 0;
        }
        // In one round of the ring each takes one block.
        long end = FirstEnd - clock.Planned;
        int rounds = blocks / SteadyCount;
        blocks -= rounds * SteadyCount;
        long steps = (long)rounds * blockSize;
        while (steps < end && (blocks -= Beginners(clock.Planned + steps).Count) >= 0)
        {
            steps++;
        }
        return (int)Math.Min(Math.Min(steps, end), int.MaxValue);
    }

    /// <summary>From <paramref name="first"/> on, the one with the largest key; of several the latest arrival.</summary>
    public static PagedSequence LargestKey(PagedSequence first)
    {
        PagedSequence largest = first;
        for (PagedSequence? item = first.Run.Next; item is not null; item = item.Run.Next)
        {
            if (item.Key > largest.Key || (item.Key == largest.Key && item.ArrivalNumber > largest.ArrivalNumber))
            {
                largest = item;
            }
        }
        return largest;
    }
}
