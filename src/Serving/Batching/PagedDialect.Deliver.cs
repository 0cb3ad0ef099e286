using Cortex.Policies;

namespace Cortex.Serving.Batching;

/// <content>Results.</content>
internal abstract partial class PagedDialect
{
    private readonly List<PagedSequence> looked = [];

    /// <summary>The result of a row of its own, or its last one, has come to a running call, before it leaves if that was its end.</summary>
    protected virtual void Delivered(PagedSequence item)
    {
    }

    public void Deliver(StepPlan plan, Instant now, List<Sequence> stopped, List<Sequence> ended)
    {
        inFlight.Remove(plan);
        clock.Delivered = plan.Tick;
        foreach (StepRow row in plan.Rows)
        {
            DeliverRow((PagedSequence)row.Sequence, row.Tokens, row.Yields, now);
        }
        foreach (Sequence sequence in plan.Detached)
        {
            DeliverRow((PagedSequence)sequence, tokens: 1, yields: true, now);
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

    private void DeliverRow(PagedSequence item, int tokens, bool yields, Instant now)
    {
        if (item.IsGone)
        {
            return;
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
        if (!yields)
        {
            return;
        }
        waitingTokens += item.IsRunning ? 0 : 1;
        item.Deliver(stale);
        if (item.Produced == 1)
        {
            item.FirstToken = now;
        }
        Look(item);
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
