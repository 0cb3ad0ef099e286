using Cortex.Serving.Decisions;
using static Cortex.Experiments.Explaining.ExplainText;

namespace Cortex.Experiments.Explaining;

/// <summary>Decisions in plain words.</summary>
internal static class DecisionWords
{
    public static string Of(ExplainedRun run, TrailEntry? entry) => entry is { } decided
        ? Words(run, decided.Decision, Node(run.Names, decided.Node), Place(run, decided.Decision))
        : "nothing is decided any more";

    private static string Words(ExplainedRun run, in Decision decision, string call, string place) => decision.Axis switch
    {
        DecisionAxis.Routing => ExplainText.Of($"{call} goes to {run.NameOf(new((ushort)decision.Answer))}, one of {decision.Options:N0} workers"),
        DecisionAxis.Admission =>
            ExplainText.Of($"{place} admits {call}, one of {decision.Options:N0} waiting: {decision.Answer >> 32:N0} tokens are cached, {(int)decision.Answer:N0} computed in its first step"),
        DecisionAxis.Running => ExplainText.Of($"{place} computes {decision.Answer:N0} more tokens of {call}"),
        DecisionAxis.Preemption => ExplainText.Of($"{place} preempts {call}, one of {decision.Options:N0} running: the KV of {decision.Answer:N0} tokens is lost"),
        _ => ExplainText.Of($"{place} drops {decision.Answer:N0} of {decision.Options:N0} free cached blocks to make room for {call}"),
    };

    private static string Place(ExplainedRun run, in Decision decision) => decision.Source < 0 ? "the fleet" : run.NameOf(new((ushort)decision.Source));
}
