namespace Cortex.Serving;

/// <summary>
/// What released what in the workflows of a run: the client knows it, the core does not. Handles are the client's. A cause is the end of a
/// node or, if it says so, its start; node −1 stands for the workflow's arrival.
/// </summary>
public interface IWorkflowCauses
{
    /// <summary>The last of those that the node waited for.</summary>
    (int Node, bool ByStart) CauseOf(int node);

    /// <summary>
    /// The nodes of a workflow, if their handles follow each other: the first, and how many. They need not be remembered once it has ended. None: they are
    /// remembered until the run has ended.
    /// </summary>
    (int First, int Count) NodesOf(int workflow) => (0, 0);

    /// <summary>With what the workflow ended.</summary>
    (int Node, bool ByStart) LastOf(int workflow);
}
