using Cortex.Serving;

namespace Cortex.Experiments.Explaining;

/// <summary>What released what, where only times are known: a node was released by the one of its workflow that ended last before it.</summary>
internal sealed class JournalCauses(IRunNames names) : IWorkflowCauses
{
    private readonly SortedDictionary<int, int> releasedBy = [];
    private readonly SortedDictionary<int, int> lastEnded = [];

    /// <summary>A call or a tool is ready.</summary>
    public void Arrived(int node) => releasedBy[node] = lastEnded.GetValueOrDefault(names.WorkflowOf(node), -1);

    /// <summary>It has ended.</summary>
    public void Ended(int node) => lastEnded[names.WorkflowOf(node)] = node;

    public (int Node, bool ByStart) CauseOf(int node) => (releasedBy.GetValueOrDefault(node, -1), false);

    public (int Node, bool ByStart) LastOf(int workflow) => (lastEnded.GetValueOrDefault(workflow, -1), false);
}
