namespace Cortex.Peers.Tests.Aisimulate;

/// <summary>A request of a run's input.</summary>
/// <param name="Id">Place in the input, from 0.</param>
/// <param name="Name">Its own name; for a row of a list, the place.</param>
/// <param name="Play">Which play it belongs to.</param>
/// <param name="NotBeforeNs">Earliest release.</param>
/// <param name="After">What it waits for, and for how much longer; none for a row of a list.</param>
/// <param name="HashIds">Chained ids of its prompt's blocks; none if the prompt is private.</param>
public sealed record AisimulateRequest(
    int Id, string Name, string Play, long NotBeforeNs, IReadOnlyList<AisimulateEdge> After, int PromptTokens, int OutputTokens,
    IReadOnlyList<long> HashIds);

/// <summary>A dependency: released <paramref name="DelayNs"/> after the end of request <paramref name="Id"/> at the earliest.</summary>
public readonly record struct AisimulateEdge(int Id, long DelayNs);

/// <summary>What became of a request; times in nanoseconds.</summary>
/// <param name="Released">Arrival at its worker.</param>
/// <param name="Admitted">Start of the first step that computed it.</param>
/// <param name="HitTokens">Of the prompt, found in the cache at the first admission.</param>
/// <param name="Admissions">1 + times preempted.</param>
public readonly record struct AisimulateTimes(
    long Released, long Admitted, long FirstToken, long End, int HitTokens, int Worker, int Admissions);
