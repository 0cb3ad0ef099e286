using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Results;

/// <summary>
/// <c>calls.csv</c> and <c>workflows.csv</c>: a row a call and a row a workflow, written as they end. Times in seconds with nine decimals; an instant that
/// never came is empty. The blame of a workflow adds up to its end − arrival.
/// </summary>
public sealed class RowsCsv : IRowSink
{
    private readonly TextWriter calls;
    private readonly TextWriter workflows;

    public RowsCsv(TextWriter calls, TextWriter workflows)
    {
        (this.calls, this.workflows) = (calls, workflows);
        calls.Write(CsvText.Line([
            "workflow", "node", "arrived_s", "ready_s", "scheduled_s", "first_token_s", "end_s",
            "prompt_tokens", "output_tokens", "hit_tokens", "preemptions", "worker", "state"]));
        workflows.Write(CsvText.Line([
            "workflow", "class", "tenant", "arrived_s", "end_s", "calls", "calls_finished", .. WorkflowBlame.Parts.Select(part => $"blame_{part}_s"), "state"]));
    }

    public void Add(in CallRow row)
    {
        CallRecord call = row.Record;
        calls.Write(CsvText.Line([
            row.Workflow, row.Node, Seconds(row.Arrived), Seconds(call.Ready), Seconds(call.Scheduled), Seconds(call.FirstToken), Seconds(call.End),
            CsvText.Number(call.PromptTokens), CsvText.Number(call.OutputTokens), CsvText.Number(call.HitTokens), CsvText.Number(call.Preemptions),
            row.Worker ?? "", State(call.State)]));
    }

    public void Add(in WorkflowRow row)
    {
        IEnumerable<string> blame = row.Blame is { } parts ? parts.ToArray().Select(part => Seconds(part.Ns)) : WorkflowBlame.Parts.Select(_ => "");
        workflows.Write(CsvText.Line([
            row.Workflow, row.Class, row.Tenant, Seconds(row.Arrived), Seconds(row.End), CsvText.Number(row.Calls), CsvText.Number(row.Finished), .. blame, State(row)]));
    }

    private static string Seconds(Instant instant) => instant == Instant.Never ? "" : Seconds(instant.Ns);

    private static string Seconds(long ns) => string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000_000}.{ns % 1_000_000_000:D9}");

    private static string State(CallState state) => state switch
    {
        CallState.Finished => "finished",
        CallState.Refused => "refused",
        CallState.Cancelled => "cancelled",
        CallState.Failed => "failed",
        CallState.Unfinished => "unfinished",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The words of the counts: a workflow that ended has finished if all its calls have.</summary>
    private static string State(in WorkflowRow row) => row.End == Instant.Never ? "unfinished" : row.Finished == row.Calls ? "finished" : "ended";
}
