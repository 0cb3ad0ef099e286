using System.Diagnostics;

namespace Cortex.Experiments.Cells;

/// <summary>Computes cells on a pool of threads and keeps each one as soon as it is whole.</summary>
public sealed class CellExecutor(ICellRunner runner, CellStore store, int jobs)
{
    /// <summary>
    /// The outcome of every cell, by key. Finished cells are read, equal cells are computed once, and a cell that throws costs only itself.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; cells that were finished by then are kept.</exception>
    /// <exception cref="Config.InputException">Found by the runner before any cell ran, or the results folder cannot be written to.</exception>
    public IReadOnlyDictionary<string, CellOutcome> Run(IReadOnlyList<PlannedCell> cells, ISweepProgress progress, CancellationToken cancellation)
    {
        var outcomes = new Dictionary<string, CellOutcome>(StringComparer.Ordinal);
        var missing = new List<PlannedCell>();
        foreach (PlannedCell planned in cells.DistinctBy(cell => cell.Key))
        {
            if (store.TryRead(planned.Key) is { } result)
            {
                outcomes.Add(planned.Key, new CellOutcome(planned, result, null));
            }
            else
            {
                missing.Add(planned);
            }
        }
        if (missing.Count > 0)
        {
            foreach (string note in runner.Prepare([.. missing.Select(planned => planned.Cell)], cancellation))
            {
                progress.Noted(note);
            }
            store.Open();
        }
        progress.Started(missing.Count, outcomes.Count);
        foreach (CellOutcome outcome in Compute(missing, progress, cancellation))
        {
            outcomes.Add(outcome.Planned.Key, outcome);
        }
        return outcomes;
    }

    private List<CellOutcome> Compute(List<PlannedCell> missing, ISweepProgress progress, CancellationToken cancellation)
    {
        var ended = new List<CellOutcome>();
        int next = -1;
        void Work()
        {
            while (!cancellation.IsCancellationRequested)
            {
                int index = Interlocked.Increment(ref next);
                if (index >= missing.Count || Compute(missing[index], cancellation) is not { } outcome)
                {
                    return;
                }
                lock (ended)
                {
                    ended.Add(outcome);
                    progress.Ended(outcome);
                }
            }
        }
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(jobs, missing.Count)).Select(_ => new Thread(Work))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
        if (ended.Count < missing.Count)
        {
            cancellation.ThrowIfCancellationRequested();
        }
        return ended;
    }

    /// <summary>Null: cancelled.</summary>
    private CellOutcome? Compute(PlannedCell planned, CancellationToken cancellation)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            CellResult result = runner.Run(planned.Cell, null, cancellation);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            store.Write(planned, result);
            return new CellOutcome(planned, result, null, took);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault)
        {
            // Whatever goes wrong in one cell must leave the others whole; the reason is told at the end.
            return new CellOutcome(planned, null, $"{fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }
}
