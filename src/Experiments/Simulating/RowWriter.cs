using System.Globalization;
using System.Runtime.InteropServices;
using Cortex.Experiments.Cells;
using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>Gives every call and workflow of a run the names that the trace and the cluster know it by. Hears of everything behind the metrics.</summary>
internal sealed class RowWriter(TracePlayer player, MetricsCollector metrics, IReadOnlyList<string> workers, IRowSink sink) : IServingObserver
{
    private readonly Dictionary<int, UnderWay> open = [];

    public void WorkflowArrived(int tag, Instant at) => open.Add(tag, new() { Arrived = at });

    public void WorkflowEnded(int tag, Instant at)
    {
        open.Remove(tag, out UnderWay workflow);
        Add(tag, workflow, at);
    }

    public void CallEnded(in CallRecord record)
    {
        ref UnderWay under = ref CollectionsMarshal.GetValueRefOrNullRef(open, record.WorkflowTag);
        under.Calls++;
        under.Finished += record.State == CallState.Finished ? 1 : 0;
        ref readonly Workflow workflow = ref player.WorkflowOf(record.WorkflowTag);
        string node = (record.Tag - workflow.FirstNode).ToString(CultureInfo.InvariantCulture);
        string? worker = record.State == CallState.Refused ? null : workers[record.Worker.Value];
        sink.Add(new CallRow(workflow.Id, node, under.Arrived, worker, record));
    }

    /// <summary>To be called when the run is over: tells of the workflows that have not ended.</summary>
    public void Close()
    {
        foreach ((int tag, UnderWay workflow) in open.OrderBy(one => one.Key))
        {
            Add(tag, workflow, Instant.Never);
        }
        open.Clear();
    }

    private void Add(int tag, UnderWay workflow, Instant end)
    {
        ref readonly Workflow known = ref player.WorkflowOf(tag);
        sink.Add(new WorkflowRow(known.Id, known.Class, known.Tenant ?? "", workflow.Arrived, end, workflow.Calls, workflow.Finished, metrics.BlameOf(tag)));
    }

    private struct UnderWay
    {
        public Instant Arrived;
        public int Calls;
        public int Finished;
    }
}
