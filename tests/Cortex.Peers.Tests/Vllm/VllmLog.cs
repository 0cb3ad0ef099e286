namespace Cortex.Peers.Tests.Vllm;

/// <summary>A recorded (or generated) run of the scheduler: its inputs and every decision. Format <c>vllm-sched-log/1</c>.</summary>
public sealed record VllmLog(string Run, Version Release, VllmConfig Config, IReadOnlyList<VllmRequest> Requests, IReadOnlyList<VllmStep> Steps);

/// <summary>The settings that decide, named as in vLLM.</summary>
public sealed record VllmConfig
{
    public int BlockSize { get; init; } = 16;

    /// <summary>One of them, id 0, is never used.</summary>
    public required int NumBlocks { get; init; }

    public required int MaxNumBatchedTokens { get; init; }
    public required int MaxNumSeqs { get; init; }

    /// <summary>Limit on running requests; null means <see cref="MaxNumSeqs"/>.</summary>
    public int? MaxNumActiveSeqs { get; init; }

    public required int MaxModelLen { get; init; }
    public bool EnablePrefixCaching { get; init; } = true;
    public bool AsyncScheduling { get; init; }

    /// <summary><c>fcfs</c> or <c>priority</c>.</summary>
    public string Policy { get; init; } = "fcfs";

    /// <summary>Whether <see cref="Policy"/> is <c>priority</c>.</summary>
    /// <exception cref="NotSupportedException">It is neither of the two.</exception>
    public bool ByPriority => Policy switch
    {
        "fcfs" => false,
        "priority" => true,
        _ => throw new NotSupportedException($"policy {Policy}; allowed: fcfs and priority"),
    };

    public bool EnableChunkedPrefill { get; init; } = true;
    public int LongPrefillTokenThreshold { get; init; }
    public bool LongPrefillTokenThresholdAdaptive { get; init; }
    public bool SchedulerReserveFullIsl { get; init; } = true;
    public double Watermark { get; init; }
}

/// <summary>One request of a run and how it ended.</summary>
/// <param name="Id">Also names the segment −(id + 1) of its output tokens.</param>
/// <param name="Arrival">Step in which it arrives.</param>
/// <param name="Priority">A smaller number goes first.</param>
/// <param name="Out">Output tokens after which it ends.</param>
/// <param name="Prompt">Pieces of the prompt, each the first tokens of a segment's endless stream.</param>
/// <param name="Result">The result that was recorded.</param>
public sealed record VllmRequest(int Id, int Arrival, int Priority, int Out, IReadOnlyList<VllmPiece> Prompt, VllmResult Result);

/// <summary>The first <paramref name="Length"/> tokens of a segment.</summary>
public readonly record struct VllmPiece(int Segment, int Length);

/// <summary>How a request ended. The steps are those in which the results were processed. Null stands for what never came.</summary>
public sealed record VllmResult(int? FirstToken, int? Finish, string? Reason, int Preemptions, int? FirstHit, int AllHits);
