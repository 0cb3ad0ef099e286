using Cortex.Policies;
using Cortex.Serving;
using Cortex.Serving.Decisions;

namespace Cortex.Experiments.Explaining;

/// <summary>What a run did: its decisions in order, and what became of calls, tools and workflows.</summary>
/// <param name="causes">What released what.</param>
internal sealed class RunTrail(IWorkflowCauses causes) : IServingObserver, ICoreTap
{
    private readonly List<TrailEntry> decisions = [];
    private readonly List<int> nodeOfArrival = [];
    private readonly Dictionary<int, CallRecord> calls = [];
    private readonly Dictionary<int, (Instant Start, Instant End)> tools = [];
    private readonly SortedDictionary<int, (Instant Arrived, Instant End)> workflows = [];
    private Instant now;

    public IReadOnlyList<TrailEntry> Decisions => decisions;

    /// <summary>By node.</summary>
    public IReadOnlyDictionary<int, CallRecord> Calls => calls;

    /// <summary>By node; one that has not ended ends never.</summary>
    public IReadOnlyDictionary<int, (Instant Start, Instant End)> Tools => tools;

    /// <summary>By tag; one that has not ended ends never.</summary>
    public IReadOnlyDictionary<int, (Instant Arrived, Instant End)> Workflows => workflows;

    public BlameCollector Blame { get; } = new(causes);

    public IWorkflowCauses Causes => causes;

    /// <summary>Before the facts of this batch are acted on; null: nothing is done.</summary>
    public Action<Instant>? BeforeSettling { get; set; }

    /// <summary>Node of a call that has arrived, by arrival number.</summary>
    public int NodeOf(long arrival) => nodeOfArrival[(int)arrival];

    public void Handling(in Fact fact)
    {
        now = fact.At;
        if (fact.Call is { } call)
        {
            nodeOfArrival.Add(call.Tag);
        }
    }

    public void Settling(Instant at)
    {
        now = at;
        BeforeSettling?.Invoke(at);
    }

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks) => decisions.Add(new(now, decision, NodeOf(decision.Call)));

    public void WorkflowArrived(int tag, Instant at)
    {
        workflows.Add(tag, (at, Instant.Never));
        Blame.WorkflowArrived(tag, at);
    }

    public void WorkflowEnded(int tag, Instant at)
    {
        workflows[tag] = (workflows[tag].Arrived, at);
        Blame.WorkflowEnded(tag, at);
    }

    public void CallArrived(int tag, Instant at) => Blame.CallArrived(tag, at);

    public void CallEnded(in CallRecord record)
    {
        calls.Add(record.Tag, record);
        Blame.CallEnded(record);
    }

    public void ToolStarted(int tag, Instant at)
    {
        tools.Add(tag, (at, Instant.Never));
        Blame.ToolStarted(tag, at);
    }

    public void ToolEnded(int tag, Instant at)
    {
        tools[tag] = (tools[tag].Start, at);
        Blame.ToolEnded(tag, at);
    }
}
