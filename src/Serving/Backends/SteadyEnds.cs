namespace Cortex.Serving;

/// <summary>
/// The sequences of one engine that get a token in every step, by the step of their true end, so that neither a step nor a run of steps
/// has to visit them. For backends that know the truth; the core never sees it. Allocates nothing once it has held as many as it ever will.
/// </summary>
/// <param name="lengths">Where calls end.</param>
public sealed class SteadyEnds(TrueLengths lengths)
{
    private readonly EndHeap byEnd = new();
    private long steps;

    /// <summary>How many steps after the first of <paramref name="plan"/> may be repeated before or with the first true end, at most <paramref name="limit"/>.</summary>
    public int StepsBeforeEnd(StepPlan plan, int limit)
    {
        foreach (Sequence sequence in plan.Left)
        {
            Leave(sequence.Request.Tag);
        }
        return limit > 0 && TryFirst(out SteadyEnd first) ? (int)Math.Min(limit, first.End - (steps + 1)) : limit;
    }

    /// <summary>The plan's step was taken <paramref name="count"/> times. Fills <paramref name="stopped"/> with who met their end in the last.</summary>
    public void Finish(StepPlan plan, int count, List<int> stopped)
    {
        stopped.Clear();
        steps += count;
        while (TryFirst(out SteadyEnd first) && first.End <= steps)
        {
            stopped.Add(first.Tag);
            Leave(first.Tag);
        }
        foreach (StepRow row in plan.Rows)
        {
            if (row.Yields)
            {
                int tag = row.Sequence.Request.Tag;
                lengths.Emit(tag, 1);
                if (lengths.Left(tag) == 0)
                {
                    stopped.Add(tag);
                }
            }
        }
        foreach (Sequence sequence in plan.Joined)
        {
            int tag = sequence.Request.Tag;
            int left = lengths.Left(tag);
            if (left > 0)
            {
                lengths.JoinedAt(tag) = steps;
                byEnd.Push(new(steps + left, steps, tag));
            }
        }
    }

    /// <summary>No longer steady, or gone. Its tokens so far are booked.</summary>
    public void Leave(int tag)
    {
        ref long joinedAt = ref lengths.JoinedAt(tag);
        if (joinedAt != TrueLengths.NotSteady)
        {
            lengths.Emit(tag, (int)(steps - joinedAt));
            joinedAt = TrueLengths.NotSteady;
        }
    }

    /// <summary>The steady one that ends first. Entries of those that have left, or have joined again since, are dropped when they come up.</summary>
    private bool TryFirst(out SteadyEnd first)
    {
        while (byEnd.TryPeek(out first))
        {
            if (lengths.JoinedAt(first.Tag) == first.JoinedAt)
            {
                return true;
            }
            byEnd.RemoveFirst();
        }
        return false;
    }
}
