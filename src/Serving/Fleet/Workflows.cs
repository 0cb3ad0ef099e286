using Cortex.Policies;

namespace Cortex.Serving.Fleet;

/// <summary>The workflows that are under way, by their client's tag. Slots of ended ones are used again, under a new generation.</summary>
internal sealed class Workflows
{
    private readonly Dictionary<int, WorkflowState> byTag = [];
    private readonly Slots slots = new();

    public WorkflowState Start(int tag)
    {
        (int slot, int generation) = slots.Take();
        WorkflowState state = new(new(slot, generation));
        byTag.Add(tag, state);
        return state;
    }

    /// <exception cref="InvalidOperationException">No workflow with this tag is under way.</exception>
    public WorkflowState this[int tag] => byTag.TryGetValue(tag, out WorkflowState? state)
        ? state
        : throw new InvalidOperationException($"workflow {tag} is not under way");

    public void End(int tag)
    {
        WorkflowId id = this[tag].Id;
        slots.Return(id.Slot, id.Generation);
        byTag.Remove(tag);
    }
}
