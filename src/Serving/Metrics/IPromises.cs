using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// What single calls and workflows were promised beside the bounds of the run: the client knows it, the core does not. Handles are the client's.
/// A bound of their own counts in place of the run's.
/// </summary>
public interface IPromises
{
    /// <summary>Bounds on TTFT, TPOT and E2E of a call that has arrived; null where it has none of its own.</summary>
    SloBounds OfCall(int tag);

    /// <summary>Bound on last end − arrival of a workflow that has arrived; null where it has none of its own.</summary>
    Duration? OfWorkflow(int tag);
}
