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

/// <summary>Hears of every call of a run, in the order of their ends; calls that never ended come last.</summary>
public interface ICallSink
{
    void Add(in CallRow row);
}
