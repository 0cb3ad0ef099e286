using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>Gives every call of a run the names that the trace and the cluster know it by.</summary>
internal sealed class CallRowWriter(TracePlayer player, IReadOnlyList<string> workers, ICallSink sink) : IServingObserver
{
    /// <summary>Of workflows under way.</summary>
    private readonly Dictionary<int, Instant> arrivals = [];

    public void WorkflowArrived(int tag, Instant at) => arrivals.Add(tag, at);

    public void WorkflowEnded(int tag, Instant at) => arrivals.Remove(tag);

    public void CallArrived(int tag, Instant at)
    {
    }

    public void CallEnded(in CallRecord record)
    {
        ref readonly Workflow workflow = ref player.WorkflowOf(record.WorkflowTag);
        string node = (record.Tag - workflow.FirstNode).ToString(CultureInfo.InvariantCulture);
        string? worker = record.State == CallState.Refused ? null : workers[record.Worker.Value];
        sink.Add(new CallRow(workflow.Id, node, arrivals[record.WorkflowTag], worker, record));
    }
}
