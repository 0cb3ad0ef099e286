using System.Globalization;
using Cortex.Policies;

namespace Cortex.Serving.Journal;

/// <summary>Facts as people read them, one line each.</summary>
internal static class FactText
{
    public static string Of(in Fact fact) => Text($"{Seconds(fact.At)} {Content(fact)}");

    public static string Seconds(Instant at) => Text($"{at.Seconds:F9} s");

    private static string Content(in Fact fact) => fact.Kind switch
    {
        FactKind.CallArrived => Text(
            $"CallArrived tag {fact.Call!.Tag} of workflow {fact.Call.WorkflowTag}, stage {fact.Call.Stage.Value}, {fact.Call.PromptTokens} prompt tokens in {fact.Call.Prompt.Length} segments"),
        FactKind.StepFinished => Text(
            $"StepFinished worker {fact.Worker.Value} step {fact.Result!.Step}, stopped: {(fact.Result.Stopped.Count == 0 ? "none" : string.Join(' ', fact.Result.Stopped))}"),
        FactKind.LastStepBegun => Text($"LastStepBegun worker {fact.Worker.Value}, {fact.Tag} steps"),
        FactKind.ToolFinished or FactKind.ToolFailed => Text($"{fact.Kind} tag {fact.Tag}, outcome {fact.Outcome}"),
        _ => Text($"{fact.Kind} tag {fact.Tag}"),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
