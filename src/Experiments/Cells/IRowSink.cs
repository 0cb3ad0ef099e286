using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Cells;

/// <summary>One call: a row of <c>calls.csv</c>.</summary>
/// <param name="Workflow">The trace's id of the workflow.</param>
/// <param name="Node">The node within it, as the trace numbers them.</param>
/// <param name="Arrived">Arrival of the workflow.</param>
/// <param name="Worker">Null if it never reached one.</param>
/// <param name="Record">What was measured.</param>
public readonly record struct CallRow(string Workflow, string Node, Instant Arrived, string? Worker, CallRecord Record);

/// <summary>One workflow: a row of <c>workflows.csv</c>.</summary>
/// <param name="Workflow">The trace's id of it.</param>
/// <param name="Class">Empty if the trace does not say.</param>
/// <param name="Tenant">Empty if the trace does not say.</param>
/// <param name="End"><see cref="Instant.Never"/>: the run was ended before it.</param>
/// <param name="Calls">Its calls that arrived.</param>
/// <param name="Finished">Those of them that finished.</param>
/// <param name="Blame">Where its time went; null of one that has not ended.</param>
public readonly record struct WorkflowRow(
    string Workflow, string Class, string Tenant, Instant Arrived, Instant End, int Calls, int Finished, WorkflowBlame? Blame);

/// <summary>
/// Hears of every call and every workflow of a run, in the order of their ends, a workflow behind its calls; those that never ended come last.
/// </summary>
public interface IRowSink
{
    void Add(in CallRow row);

    void Add(in WorkflowRow row);
}
