using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>Work finished per second of a window; all null if the window has no length.</summary>
/// <param name="Calls">Finished calls.</param>
/// <param name="Workflows">Workflows that ended with all their calls finished.</param>
/// <param name="PromptTokens">Prompt tokens of the finished calls, found in the cache or not.</param>
/// <param name="OutputTokens">Output tokens of the finished calls.</param>
public readonly record struct Throughput(double? Calls, double? Workflows, double? PromptTokens, double? OutputTokens);

/// <summary>Work that ended in a window; each call counts whole, where it ended.</summary>
internal struct FinishedWork
{
    public long Calls;
    public long Workflows;
    public long PromptTokens;
    public long OutputTokens;

    public void Add(in MeasuredCall call)
    {
        Calls++;
        PromptTokens += call.PromptTokens;
        OutputTokens += call.OutputTokens;
    }

    public readonly Throughput Over(Duration window) =>
        new(Rate(Calls, window), Rate(Workflows, window), Rate(PromptTokens, window), Rate(OutputTokens, window));

    public static double? Rate(long count, Duration window) => window.Ns > 0 ? count / window.Seconds : null;
}
