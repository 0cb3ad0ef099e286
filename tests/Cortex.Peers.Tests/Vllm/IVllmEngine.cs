namespace Cortex.Peers.Tests.Vllm;

/// <summary>
/// A scheduler of the dialect <c>vllm-v1</c> that can be driven step by step without a clock: the plain reference, or the product's core.
/// <see cref="VllmDriver"/> decides when each of its methods is called.
/// </summary>
public interface IVllmEngine
{
    /// <summary>Counts at this moment.</summary>
    VllmState State { get; }

    /// <summary>A request arrives and waits.</summary>
    void Arrive(VllmRequest request);

    /// <summary>The client gives up. Does nothing for a request that has ended.</summary>
    void Abort(int id);

    /// <summary>Plans the next step, which is then in flight.</summary>
    VllmPlan Schedule();

    /// <summary>Processes the results of the oldest step in flight.</summary>
    VllmOutcome Update();

    /// <summary>Preemptions so far, hit tokens of the first admission (null if never admitted) and of all admissions.</summary>
    (int Preemptions, int? FirstHit, int AllHits) CountsOf(int id);
}

/// <summary>What <c>schedule()</c> chose.</summary>
public sealed record VllmPlan(IReadOnlyList<VllmRow> Rows, IReadOnlyList<int> Preempted, int Tokens, long Context, int Evicted);

/// <summary>What <c>update()</c> found; <paramref name="Delivered"/> are the requests that got a token, stale ones included.</summary>
public sealed record VllmOutcome(IReadOnlyList<int> Delivered, IReadOnlyList<int> Finished, IReadOnlyList<int> Discarded, IReadOnlyList<int> Stale);
