using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Serving.Batching;

/// <content>Results.</content>
internal abstract partial class PagedDialect
{
    private readonly List<PagedSequence> looked = [];

    // Of the tokens delivered last: see TokenDelivery.
    private readonly List<Duration> ownGaps = [];
    private Instant steadySince;
    private int steady;
    private int steadyInLast;

    public TokenDelivery LastTokens =>
        new() { Since = steadySince, Steady = steady, SteadyInLast = steadyInLast, Others = CollectionsMarshal.AsSpan(ownGaps) };

    /// <summary>The result of a row of its own, or its last one, has come to a running call, before it leaves if that was its end.</summary>
    protected virtual void Delivered(PagedSequence item)
    {
    }

    public void Deliver(StepPlan plan, Instant now, List<Sequence> stopped, List<Sequence> ended)
    {
        inFlight.Remove(plan);
        clock.Delivered = plan.Tick;
        (steadySince, clock.DeliveredAt) = (clock.DeliveredAt, now);
        (steady, steadyInLast) = (plan.Steady, plan.Steady - plan.Detached.Count);
        ownGaps.Clear();
        foreach (StepRow row in plan.Rows)
        {
            PagedSequence item = (PagedSequence)row.Sequence;
            if (DeliverRow(item, row.Tokens, row.Yields, now))
            {
                if (item.Produced == 1)
                {
                    item.FirstToken = now;
                }
                else
                {
                    ownGaps.Add(now - item.LastToken);
                }
                item.LastToken = now;
            }
        }
        foreach (Sequence sequence in plan.Detached)
        {
            PagedSequence item = (PagedSequence)sequence;
            if (DeliverRow(item, tokens: 1, yields: true, now))
            {
                item.LastToken = now;
                steadyInLast++;
            }
        }
        while (running.FirstEnd <= clock.Delivered)
        {
            PagedSequence done = running.FirstToEnd;
            Detach(done);
            Look(done);
        }
        foreach (Sequence sequence in stopped)
        {
            PagedSequence item = (PagedSequence)sequence;
            if (!item.IsGone)
            {
                item.MaxTotal = item.Known;
                Look(item);
            }
        }
        SortByRunOrder(looked);
        foreach (PagedSequence item in looked)
        {
            item.IsLookedAt = false;
            if (item.IsRunning)
            {
                Delivered(item);
            }
            if (item.Known >= item.MaxTotal)
            {
                Leave(item);
                ended.Add(item);
            }
        }
        looked.Clear();
    }

    /// <returns>Whether it has got a token.</returns>
    private bool DeliverRow(PagedSequence item, int tokens, bool yields, Instant now)
    {
        if (item.IsGone)
        {
            return false;
        }
        item.InFlight -= tokens;
        bool stale = item.Stale > 0;
        if (stale)
        {
            item.Stale -= tokens;
        }
        else if (item.IsSetBack && item.ComputedAndBack >= item.LostTokens)
        {
            item.CatchUp(now);
        }
        if (yields)
        {
            waitingTokens += item.IsRunning ? 0 : 1;
            item.Deliver(stale);
            Look(item);
        }
        return yields;
    }

    /// <summary>Puts it on the list of those to be looked at when all results are in, once.</summary>
    private void Look(PagedSequence item)
    {
        if (!item.IsLookedAt)
        {
            item.IsLookedAt = true;
            looked.Add(item);
        }
    }

    /// <summary>Mostly in order already. No two calls have the same place, so that there is one order.</summary>
    private static void SortByRunOrder(List<PagedSequence> items)
    {
        for (int i = 1; i < items.Count; i++)
        {
            if (items[i - 1].RunOrder > items[i].RunOrder)
            {
                items.Sort(static (left, right) => left.RunOrder.CompareTo(right.RunOrder));
                return;
            }
        }
    }
}
