using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Capacity;

/// <summary>Searches for all capacities of an experiment at once, in rounds: each round tries the next load of every search that goes on.</summary>
internal sealed class CapacityRun(Experiment experiment, TraceHashes traces, string program)
{
    private readonly int loadAxis = experiment.Axes.ToList().IndexOf(ExperimentLoader.LoadAxis);

    /// <summary>Policy sets × points of the other axes × repetitions, the repetition fastest.</summary>
    public IReadOnlyList<CapacitySearch> Searches { get; private set; } = [];

    /// <summary>Every cell that was asked for, each once.</summary>
    public IReadOnlyDictionary<string, CellOutcome> Outcomes => outcomes;

    private readonly SortedDictionary<string, CellOutcome> outcomes = new(StringComparer.Ordinal);

    /// <summary>Runs until all searches have ended. Cells that were finished earlier are read, so a search goes on where it was interrupted.</summary>
    /// <exception cref="InputException">There is no bound to be met.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished cells are kept.</exception>
    public void Run(CellExecutor executor, ICellRunner runner, ISweepProgress progress, CancellationToken cancellation)
    {
        Searches = [.. Starts().Select(cell => new CapacitySearch(cell, runner.CountsUsers(cell), runner.HasPromises(cell), experiment.Capacity))];
        while (true)
        {
            (CapacitySearch Search, PlannedCell Cell)[] round =
            [
                .. Searches.Select(search => (search, search.Next(loadAxis))).Where(one => one.Item2 is not null).Select(one => (one.search, Plan(one.Item2!))),
            ];
            if (round.Length == 0)
            {
                return;
            }
            IReadOnlyDictionary<string, CellOutcome> found = executor.Run([.. round.Select(one => one.Cell)], progress, cancellation);
            foreach ((CapacitySearch search, PlannedCell cell) in round)
            {
                outcomes[cell.Key] = found[cell.Key];
                search.Tell(found[cell.Key] with { Planned = cell });
            }
        }
    }

    /// <summary>The first load of every other point, which is where its search starts.</summary>
    private IEnumerable<ResolvedCell> Starts()
    {
        ExperimentPoint[] points =
            [.. experiment.Points.DistinctBy(point => string.Join('\n', point.Values.Where((_, axis) => axis != loadAxis)))];
        return PlannedCell.All(experiment with { Points = points }, traces, program).Select(planned => planned.Cell);
    }

    private PlannedCell Plan(ResolvedCell cell) => new(cell, CellKey.Of(cell, traces.Of(cell.Workload.Trace), program));
}
