using Cortex.Policies;
using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>
/// What a trace promises: a node's bounds are its own; a workflow's TTFT and TPOT are those of each of its calls that has none of its own, and its
/// E2E is the workflow's.
/// </summary>
internal sealed class PlayerPromises(TracePlayer player) : IPromises
{
    public SloBounds OfCall(int tag)
    {
        (AgentflowSlo? own, AgentflowSlo? shared) = (player.PromiseOf(tag), player.WorkflowOf(player.NodeOf(tag).Workflow).Slo);
        return new(Time(own?.TtftNs ?? shared?.TtftNs), Time(own?.TpotNs ?? shared?.TpotNs), Time(own?.E2eNs), null);
    }

    public Duration? OfWorkflow(int tag) => Time(player.WorkflowOf(tag).Slo?.E2eNs);

    private static Duration? Time(long? ns) => ns is { } value ? new Duration(value) : null;
}
