using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// The gaps between neighbouring tokens of calls, pooled. Kept by when they ended, in 32 to 64 slices of a run, since nobody knows while it
/// goes on how long it and its warm-up will be: their width doubles whenever the room is used up. Good for one run after another.
/// </summary>
internal sealed class TokenGaps
{
    private const int MostSlices = 64;
    private const int FirstWidthBits = 23;

    private readonly GapHistogram[] slices;
    private readonly GapHistogram all;
    private int widthBits = FirstWidthBits;

    public TokenGaps()
    {
        PagePool<long> pool = new();
        all = new(pool);
        slices = new GapHistogram[MostSlices];
        for (int slice = 0; slice < MostSlices; slice++)
        {
            slices[slice] = new(pool);
        }
    }

    /// <summary>The worker's oldest step or run in flight has ended.</summary>
    public void StepEnded(StepResult result, in TokenDelivery tokens, Instant at)
    {
        MakeRoom(at);
        foreach (Duration gap in tokens.Others)
        {
            slices[SliceOf(at.Ns)].Add(gap.Ns, 1);
        }
        if (tokens.Steady == 0)
        {
            return;
        }
        long reached = tokens.Since.Ns;
        int left = result.Count;
        foreach (StepStretch stretch in result.Stretches)
        {
            left -= stretch.Steps;
            AddStretch(reached, stretch.Steps, stretch.End.Ns, tokens, endsRun: left == 0);
            reached = stretch.End.Ns;
        }
        if (left > 0)
        {
            AddStretch(reached, left, at.Ns, tokens, endsRun: true);
        }
    }

    /// <summary>All gaps that ended after the warm-up; of the slice that it ends in, none.</summary>
    /// <param name="warmup">Its end; null: there is none.</param>
    public Distribution Summarise(Instant? warmup)
    {
        for (int slice = warmup is { } end ? SliceOf(end.Ns - 1) + 1 : 0; slice < MostSlices; slice++)
        {
            all.Add(slices[slice]);
        }
        Distribution summary = all.Summarise();
        all.Clear();
        return summary;
    }

    /// <summary>Forgets them all.</summary>
    public void Clear()
    {
        foreach (GapHistogram slice in slices)
        {
            slice.Clear();
        }
        widthBits = FirstWidthBits;
    }

    /// <summary>Equal steps: the steady calls got a token with each, those that left meanwhile none with the run's last.</summary>
    private void AddStretch(long start, int steps, long end, in TokenDelivery tokens, bool endsRun)
    {
        if (!endsRun || tokens.SteadyInLast == tokens.Steady)
        {
            AddSteps(start, steps, end, tokens.Steady);
            return;
        }
        long last = start + EndOf(steps - 1, steps, end - start);
        AddSteps(start, steps - 1, last, tokens.Steady);
        AddSteps(last, 1, end, tokens.SteadyInLast);
    }

    /// <summary>Puts the gaps of equal steps into the slices in which they ended.</summary>
    private void AddSteps(long start, int steps, long end, int calls)
    {
        while (steps > 0)
        {
            long time = end - start;
            int slice = SliceOf(start + (time / steps));
            int here = steps;
            if (slice < SliceOf(end))
            {
                // Step j ends before the next slice if j × time / steps, rounded down, does.
                long room = ((slice + 1L) << widthBits) - start;
                here = (int)((((Int128)room * steps) - 1) / time);
                time = EndOf(here, steps, time);
            }
            AddEqual(slices[slice], time, here, calls);
            (start, steps) = (start + time, steps - here);
        }
    }

    /// <summary>Ends are rounded to whole nanoseconds, so some of the gaps are one longer than the others.</summary>
    private static void AddEqual(GapHistogram slice, long time, int steps, int calls)
    {
        long gap = time / steps;
        long longer = time - (gap * steps);
        slice.Add(gap, (steps - longer) * calls);
        if (longer > 0)
        {
            slice.Add(gap + 1, longer * calls);
        }
    }

    private static long EndOf(int step, int steps, long time) => (long)((Int128)time * step / steps);

    private int SliceOf(long ns) => (int)(ns >> widthBits);

    private void MakeRoom(Instant at)
    {
        while (at.Ns >> widthBits >= MostSlices)
        {
            widthBits++;
            for (int slice = 0; slice < MostSlices / 2; slice++)
            {
                slices[2 * slice].Add(slices[(2 * slice) + 1]);
                slices[(2 * slice) + 1].Clear();
                (slices[slice], slices[2 * slice]) = (slices[2 * slice], slices[slice]);
            }
        }
    }
}
