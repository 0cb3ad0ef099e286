using System.Globalization;
using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>When the workflows of an open loop arrive, one after another: as recorded or as a Poisson process, at the rate asked for.</summary>
internal sealed class ArrivalTimes
{
    private readonly double load;
    private readonly RandomStream? poisson;
    private readonly double meanGapNs;
    private long last;

    public ArrivalTimes(ITrace trace, PlayerOptions options)
    {
        load = options.Load;
        Check(trace);
        // One workflow has no rate; it comes when the trace says.
        if (trace.WorkflowCount > 1)
        {
            poisson = options.Poisson;
            meanGapNs = (trace.Arrivals.Last.Ns - trace.Arrivals.First.Ns) / load / (trace.WorkflowCount - 1);
        }
    }

    /// <summary>When this workflow arrives, in nanoseconds, never before the one before; to be asked once of each, in order.</summary>
    public long Of(in Workflow workflow)
    {
        long recorded = workflow.Arrival!.Value.Ns;
        double exact = poisson is null ? recorded / load : last + Draw.Exponential(poisson, meanGapNs);
        return last = load == 1 && poisson is null ? recorded : checked((long)Math.Round(exact, MidpointRounding.ToEven));
    }

    /// <summary>From the workflow's arrival to a release within it: a factor on the rate moves these as it moves arrivals.</summary>
    public long GapOf(in Workflow workflow, long at)
    {
        long gap = Math.Max(at - workflow.Arrival!.Value.Ns, 0);
        return load == 1 ? gap : checked((long)Math.Round(gap / load, MidpointRounding.ToEven));
    }

    private void Check(ITrace trace)
    {
        ArrivalSpan arrivals = trace.Arrivals;
        if (arrivals.Without is { } id)
        {
            throw new TraceException(
                trace.Source, 0, $"workflow {id} has no arrival time, so it cannot be played open loop", "players: closed, or a trace with arrivals");
        }
        if (arrivals.Last.Ns / load > long.MaxValue / 64)
        {
            throw new TraceException(
                trace.Source, 0, string.Create(CultureInfo.InvariantCulture, $"at load {load} workflow {arrivals.LastId} arrives after more than 4 years"), "a larger load");
        }
    }
}
