using System.Globalization;

namespace Cortex.Serving.Decisions;

/// <summary>Decisions as people read them, one line each.</summary>
internal static class DecisionText
{
    public static string Of(in Decision decision, ReadOnlySpan<int> blocks)
    {
        string where = decision.Source < 0 ? "fleet" : Text($"engine {decision.Source}");
        string answer = decision.Axis switch
        {
            DecisionAxis.Routing => Text($"worker {decision.Answer} of {decision.Options}"),
            DecisionAxis.Admission => Text($"{decision.Answer >> 32} tokens hit, {(int)decision.Answer} computed, {decision.Options} waiting"),
            DecisionAxis.Running => Text($"{decision.Answer} tokens"),
            DecisionAxis.Preemption => Text($"{decision.Answer} tokens lost, {decision.Options} running"),
            _ => Text($"{decision.Answer} of {decision.Options} blocks"),
        };
        string ids = blocks.IsEmpty ? "" : $", blocks {string.Join(' ', blocks.ToArray().Select(id => id.ToString(CultureInfo.InvariantCulture)))}";
        return Text($"{where} {decision.Axis.ToString().ToLowerInvariant()} of call {decision.Call}: {answer}{ids}");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
