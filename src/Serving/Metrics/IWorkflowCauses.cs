namespace Cortex.Serving;

/// <summary>
/// What released what in the workflows of a run: the client knows it, the core does not. Handles are the client's. A cause is the end of a
/// node or, if it says so, its start; node −1 stands for the workflow's arrival.
/// </summary>
public interface IWorkflowCauses
{
    /// <summary>The last of those that the node waited for.</summary>
    (int Node, bool ByStart) CauseOf(int node);

    /// <summary>With what the workflow ended.</summary>
    (int Node, bool ByStart) LastOf(int workflow);
}
