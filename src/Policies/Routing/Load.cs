namespace Cortex.Policies.Routing;

/// <summary>The work that stands before a new call on one worker.</summary>
/// <param name="QueuedPrefillTokens">Tokens that no step has computed yet.</param>
/// <param name="Calls">Running and waiting.</param>
internal readonly record struct Load(long QueuedPrefillTokens, int Calls)
{
    public static Load Of(scoped in WorkerView worker) => new(worker.QueuedPrefillTokens, worker.Running + worker.Waiting);

    /// <summary>Fewer queued prefill tokens, then fewer calls.</summary>
    public bool IsLessThan(Load other) =>
        QueuedPrefillTokens != other.QueuedPrefillTokens ? QueuedPrefillTokens < other.QueuedPrefillTokens : Calls < other.Calls;
}
