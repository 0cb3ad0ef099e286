using System.Globalization;
using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>When the workflows of an open loop arrive, one after another: as recorded or as a Poisson process, at the rate asked for.</summary>
internal sealed class ArrivalTimes
{
    private readonly Workflow[] workflows;
    private readonly double load;
    private readonly RandomStream? poisson;
    private readonly double meanGapNs;
    private int next;
    private long last;

    public ArrivalTimes(Workload workload, PlayerOptions options)
    {
        workflows = workload.Workflows;
        load = options.Load;
        CheckAll(workload.Source);
        // One workflow has no rate; it comes when the trace says.
        if (workflows.Length > 1)
        {
            poisson = options.Poisson;
            meanGapNs = (Recorded(^1) - Recorded(0)) / load / (workflows.Length - 1);
        }
    }

    /// <summary>The next arrival in nanoseconds, never before the one before. False behind the last.</summary>
    public bool TryNext(out long ns)
    {
        if (next == workflows.Length)
        {
            ns = 0;
            return false;
        }
        double exact = poisson is null ? Recorded(next) / load : last + Draw.Exponential(poisson, meanGapNs);
        ns = last = load == 1 && poisson is null ? Recorded(next) : checked((long)Math.Round(exact, MidpointRounding.ToEven));
        next++;
        return true;
    }

    private long Recorded(Index index) => workflows[index].Arrival!.Value.Ns;

    private void CheckAll(string source)
    {
        foreach (ref readonly Workflow workflow in workflows.AsSpan())
        {
            if (workflow.Arrival is not { } arrival)
            {
                throw new TraceException(
                    source, 0, $"workflow {workflow.Id} has no arrival time, so it cannot be played open loop", "players: closed, or a trace with arrivals");
            }
            if (arrival.Ns / load > long.MaxValue / 64)
            {
                throw new TraceException(
                    source, 0, string.Create(CultureInfo.InvariantCulture, $"at load {load} workflow {workflow.Id} arrives after more than 4 years"), "a larger load");
            }
        }
    }
}
