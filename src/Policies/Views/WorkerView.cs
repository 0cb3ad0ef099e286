namespace Cortex.Policies;

/// <summary>What a policy may know of one worker, as of <see cref="AsOf"/>.</summary>
public readonly ref struct WorkerView
{
    public required WorkerId Id { get; init; }
    public required PoolId Pool { get; init; }
    public required ModelId Model { get; init; }
    public required Instant AsOf { get; init; }

    /// <summary>Calls in the running list.</summary>
    public required int Running { get; init; }

    /// <summary>Calls in the waiting queue.</summary>
    public required int Waiting { get; init; }

    /// <summary>Known tokens of waiting and running calls that no step has computed yet.</summary>
    public required long QueuedPrefillTokens { get; init; }
}
