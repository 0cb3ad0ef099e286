using System.Globalization;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>What is said of a trace before it is played.</summary>
internal static class TraceDescription
{
    /// <summary>What it holds as the file has it, and what the import changed, a line each.</summary>
    public static IReadOnlyList<string> Of(ITrace trace)
    {
        (int calls, long prompt, long output) = trace.Totals;
        string totals = string.Create(
            CultureInfo.InvariantCulture,
            $"{trace.Source} ({trace.Format}): {trace.WorkflowCount:N0} workflows, {calls:N0} calls, {prompt:N0} prompt and {output:N0} output tokens");
        return
        [
            trace.HasGuards ? $"{totals}, branches that may not be taken included" : totals,
            .. trace.HasPromises ? [$"{trace.Source}: bounds that it promises to calls and workflows count in place of the experiment's slo"] : Array.Empty<string>(),
            .. trace.Notes.Select(note => $"{trace.Source}: {note}"),
        ];
    }
}
