using Cortex.Experiments.Config;

namespace Cortex.Experiments.Cells;

/// <summary>Turns a resolved cell into numbers. Called from several threads at once; a cell's numbers depend on the cell alone.</summary>
public interface ICellRunner
{
    /// <summary>
    /// Called once, before any run: reads what the cells share (each distinct trace once) and refuses what cannot work.
    /// </summary>
    /// <returns>What the user should know, a sentence each, such as what an import had to change.</returns>
    /// <exception cref="InputException">Settings that do not fit each other.</exception>
    /// <exception cref="Workloads.TraceException">A fault in a trace.</exception>
    /// <exception cref="Policies.PolicyException">A policy that cannot serve the cluster.</exception>
    IReadOnlyList<string> Prepare(IReadOnlyList<ResolvedCell> cells, CancellationToken cancellation);

    /// <summary>What the user should know of the last run beside its numbers, a line each.</summary>
    IReadOnlyList<string> Notes => [];

    /// <summary>Whether the load of a cell is a number of users, and therefore whole.</summary>
    /// <exception cref="Workloads.TraceException">A fault in the trace, which may say how it is to be played.</exception>
    bool CountsUsers(ResolvedCell cell);

    /// <summary>Whether the trace of a cell has bounds of its own on calls or workflows.</summary>
    /// <exception cref="Workloads.TraceException">A fault in the trace.</exception>
    bool HasPromises(ResolvedCell cell) => false;

    /// <summary>Calls that a cell plays at most, for an estimate of its time; null if the runner does not know.</summary>
    long? MostCalls(ResolvedCell cell) => null;

    /// <param name="rows">Told of every call and workflow at its end; null: nobody listens.</param>
    /// <exception cref="OperationCanceledException">The run was given up; it left nothing.</exception>
    CellResult Run(ResolvedCell cell, IRowSink? rows, CancellationToken cancellation);
}
