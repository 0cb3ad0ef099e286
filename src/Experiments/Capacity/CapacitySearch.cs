using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Capacity;

/// <summary>A load that was tried.</summary>
/// <param name="Meets">Whether it met the SLO.</param>
internal sealed record Probe(PlannedCell Cell, CellResult Result, bool Meets);

/// <summary>The search for the capacity of one policy set at one point of the other axes in one repetition.</summary>
internal sealed class CapacitySearch
{
    private readonly LoadBisection bisection;
    private readonly CapacitySettings settings;
    private readonly bool promised;
    private readonly List<Probe> probes = [];

    /// <param name="first">The cell at the first load that is tried.</param>
    /// <param name="whole">The load is a number of users.</param>
    /// <param name="promised">The trace has bounds of its own.</param>
    /// <exception cref="InputException">Neither the experiment nor the trace has a bound.</exception>
    public CapacitySearch(ResolvedCell first, bool whole, bool promised, CapacitySettings settings)
    {
        if (!promised && first.Slo == new SloSettings(null, null, null, null))
        {
            throw new InputException("slo has no bound to be met, and the trace promises none; allowed: at least one, such as slo: {ttft: 2s} or slo: mlperf-llama2-70b");
        }
        this.promised = promised;
        First = first;
        this.settings = settings;
        bisection = new LoadBisection(first.Workload.Load, whole, settings.Tolerance);
    }

    public ResolvedCell First { get; }

    /// <summary>In the order in which they were tried.</summary>
    public IReadOnlyList<Probe> Probes => probes;

    /// <summary>A probe failed for another reason than the SLO; the search was given up.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>The largest load that met the SLO; 0: none did.</summary>
    public double Capacity => bisection.Held;

    /// <summary>No load was too much: the capacity is at least <see cref="Capacity"/>.</summary>
    public bool IsOpen => double.IsInfinity(bisection.Failed);

    /// <summary>The probe at the capacity; null: nothing met the SLO.</summary>
    public Probe? AtCapacity => probes.Find(probe => probe.Cell.Cell.Workload.Load == Capacity);

    /// <summary>The cell to be run next; null: the search has ended.</summary>
    /// <param name="loadAxis">Place of the load among the axes.</param>
    public ResolvedCell? Next(int loadAxis)
    {
        if (IsGivenUp || bisection.Next is not { } load)
        {
            return null;
        }
        string[] values = [.. First.AxisValues];
        values[loadAxis] = load.ToString("R", CultureInfo.InvariantCulture);
        return First with { Workload = First.Workload with { Load = load }, AxisValues = values };
    }

    public void Tell(CellOutcome outcome)
    {
        if (outcome.Result is not { } result)
        {
            IsGivenUp = true;
            return;
        }
        bool meets = Meets(result);
        probes.Add(new Probe(outcome.Planned, result, meets));
        bisection.Tell(meets);
    }

    /// <summary>The bounds are met, and nothing was lost but what was refused: that does not depend on the load.</summary>
    private bool Meets(CellResult result)
    {
        bool lost = new[] { CountNames.Cancelled, CountNames.Failed, CountNames.Unfinished }.Any(count => result.Counts.GetValueOrDefault(count) > 0);
        return !lost && (promised ? EnoughKeepTheirs(result) : TimesAreWithin(result));
    }

    /// <summary>The percentile of every bounded time meets its bound.</summary>
    private bool TimesAreWithin(CellResult result)
    {
        SloSettings slo = First.Slo;
        return Within(MetricNames.Ttft, slo.Ttft) && Within(MetricNames.Tpot, slo.Tpot) && Within("e2e", slo.E2e) && Within(MetricNames.Workflow, slo.Workflow);

        bool Within(string family, Policies.Duration? bound) =>
            bound is not { } most || result.Metrics.GetValueOrDefault(MetricNames.Percentile(family, settings.Percentile)) <= most.Seconds;
    }

    /// <summary>Where calls have bounds of their own no percentile of times can meet them: that share of the calls that have any must, and of the workflows.</summary>
    private bool EnoughKeepTheirs(CellResult result)
    {
        double share = double.Parse(settings.Percentile, CultureInfo.InvariantCulture) / 100;
        return !(result.Metrics.GetValueOrDefault(MetricNames.SloAttainment) < share)
            && !(result.Metrics.GetValueOrDefault(MetricNames.WorkflowGoodput) < share * result.Metrics.GetValueOrDefault(MetricNames.WorkflowsPerSecond));
    }
}
