namespace Cortex.Serving;

/// <summary>
/// The sequences of one engine that get a token in every step, by the step of their true end, so that neither a step nor a run of steps
/// has to visit them. For backends that know the truth; the core never sees it.
/// </summary>
/// <param name="lengths">Where calls end.</param>
public sealed class SteadyEnds(TrueLengths lengths)
{
    private readonly PriorityQueue<Member, long> byEnd = new();
    private readonly Dictionary<int, Member> members = [];
    private long steps;

    /// <summary>How many steps after the first of <paramref name="plan"/> may be repeated before or with the first true end, at most <paramref name="limit"/>.</summary>
    public int StepsBeforeEnd(StepPlan plan, int limit)
    {
        foreach (Sequence sequence in plan.Left)
        {
            Leave(sequence.Request.Tag);
        }
        return limit > 0 && TryFirst(out Member first) ? (int)Math.Min(limit, first.End - (steps + 1)) : limit;
    }

    /// <summary>The plan's step was taken <paramref name="count"/> times. Fills <paramref name="stopped"/> with who met their end in the last.</summary>
    public void Finish(StepPlan plan, int count, List<int> stopped)
    {
        stopped.Clear();
        steps += count;
        while (TryFirst(out Member first) && first.End <= steps)
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
            if (lengths.Left(tag) > 0)
            {
                Member member = new(tag, steps, steps + lengths.Left(tag));
                members[tag] = member;
                byEnd.Enqueue(member, member.End);
            }
        }
    }

    /// <summary>No longer steady, or gone. Its tokens so far are booked.</summary>
    public void Leave(int tag)
    {
        if (members.Remove(tag, out Member? member))
        {
            lengths.Emit(tag, (int)(steps - member.JoinedAt));
        }
    }

    private bool TryFirst(out Member first)
    {
        while (byEnd.TryPeek(out Member? candidate, out _))
        {
            first = candidate;
            if (members.TryGetValue(candidate.Tag, out Member? current) && current == candidate)
            {
                return true;
            }
            byEnd.Dequeue();
        }
        first = null!;
        return false;
    }

    /// <param name="Tag">Whose.</param>
    /// <param name="JoinedAt">Steps taken when it joined.</param>
    /// <param name="End">Steps taken when it has met its true end.</param>
    private sealed record Member(int Tag, long JoinedAt, long End);
}
