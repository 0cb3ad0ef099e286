using Cortex.Policies;

namespace Cortex.Serving.Dialects;

/// <summary>
/// The batching of one engine, in the manner of one serving system. A dialect owns the waiting queue and its order, admission, the shape
/// of a step, preemption, and the cache manager with its index. Whoever drives it knows nothing of blocks or trees.
/// </summary>
internal interface IDialect
{
    /// <summary>Calls in the running list.</summary>
    int Running { get; }

    /// <summary>Calls in the waiting queue.</summary>
    int Waiting { get; }

    /// <summary>Known tokens of waiting and running calls that no step has computed.</summary>
    long QueuedPrefillTokens { get; }

    /// <summary>Largest prompt and output together that can ever be served.</summary>
    int MaxTokens { get; }

    KvState Kv { get; }
    EngineTotals Totals { get; }

    /// <summary>Puts a new call into the waiting queue.</summary>
    Sequence Enqueue(CallRequest request, long arrivalNumber, long key);

    /// <summary>Takes a call out, wherever it stands; its results in flight will be discarded. Nothing happens if it has left already.</summary>
    void Abort(Sequence sequence);

    /// <summary>The caller has no further use for a sequence that has left: it may come to stand for another call.</summary>
    void Release(Sequence sequence);

    /// <summary>Two waiting calls take each other's place in the queue. False, and nothing happens, if one of them is not waiting here.</summary>
    bool TrySwapPlaces(Sequence first, Sequence second);

    /// <summary>Forms the next step. An empty plan means that nothing can be computed now.</summary>
    void Plan(StepPlan plan);

    /// <summary>
    /// Takes further steps of the run that began with <paramref name="plan"/>: <paramref name="planned"/> more are formed, and the results
    /// of <paramref name="delivered"/> more have come.
    /// </summary>
    void Repeat(StepPlan plan, int planned, int delivered);

    /// <summary>
    /// The (last) result of <paramref name="plan"/> has come at <paramref name="now"/>, with stop tokens for <paramref name="stopped"/>.
    /// Appends to <paramref name="ended"/> who ended, in the order of the rows.
    /// </summary>
    void Deliver(StepPlan plan, Instant now, List<Sequence> stopped, List<Sequence> ended);

    /// <summary>Who got a further token of the result that came last.</summary>
    TokenDelivery LastTokens { get; }

    /// <summary>Whether the run of repeated steps in progress would still go on if it were planned step by step.</summary>
    bool StillRepeats { get; }

    /// <summary>Tokens of the prompt whose KV is cached, in whole blocks.</summary>
    int CachedTokens(CallRequest request);
}
