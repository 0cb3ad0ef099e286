namespace Cortex.Peers.Tests.Vllm;

/// <summary>All that a replay is given: the release, its settings, the requests, and when clients give up.</summary>
public sealed record VllmInputs(
    Version Release,
    VllmConfig Config,
    IReadOnlyList<VllmRequest> Requests,
    IReadOnlyDictionary<int, IReadOnlyList<int>> AbortsBeforeSchedule,
    IReadOnlyDictionary<int, IReadOnlyList<int>> AbortsBeforeUpdate)
{
    /// <summary>The inputs of a recorded run: everything else in it is to be reproduced.</summary>
    public static VllmInputs Of(VllmLog log) => new(
        log.Release,
        log.Config,
        log.Requests,
        log.Steps.Where(step => step.AbortedBeforeSchedule.Count > 0).ToDictionary(step => step.Number, step => step.AbortedBeforeSchedule),
        log.Steps.Where(step => step.Update is { AbortedBefore.Count: > 0 }).ToDictionary(step => step.Number, step => step.Update!.AbortedBefore));
}
