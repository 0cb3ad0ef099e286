using Cortex.Policies;

namespace Cortex.Serving.Fleet;

/// <summary>The workflows that are under way, by their client's tag. Slots of ended ones are used again, under a new generation.</summary>
internal sealed class Workflows
{
    private readonly Dictionary<int, WorkflowState> byTag = [];
    private readonly Stack<WorkflowId> spares = new();

    public WorkflowState Start(int tag)
    {
        WorkflowId id = spares.TryPop(out WorkflowId spare) ? spare with { Generation = spare.Generation + 1 } : new(byTag.Count, 0);
        WorkflowState state = new(id);
        byTag.Add(tag, state);
        return state;
    }

    /// <exception cref="InvalidOperationException">No workflow with this tag is under way.</exception>
    public WorkflowState this[int tag] => byTag.TryGetValue(tag, out WorkflowState? state)
        ? state
        : throw new InvalidOperationException($"workflow {tag} is not under way");

    public void End(int tag)
    {
        spares.Push(this[tag].Id);
        byTag.Remove(tag);
    }
}
