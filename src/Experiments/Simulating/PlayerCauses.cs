using Cortex.Serving;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>What released what, as the player of the trace has seen it.</summary>
internal sealed class PlayerCauses(TracePlayer player) : IWorkflowCauses
{
    public (int Node, bool ByStart) CauseOf(int node) => player.CauseOf(node);

    public (int First, int Count) NodesOf(int workflow) => (player.WorkflowOf(workflow).FirstNode, player.WorkflowOf(workflow).NodeCount);

    public (int Node, bool ByStart) LastOf(int workflow) => player.LastOf(workflow);
}
