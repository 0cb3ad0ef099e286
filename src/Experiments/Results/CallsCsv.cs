using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Results;

/// <summary><c>calls.csv</c>: a row a call, written as the calls end. Times in seconds with nine decimals; an instant that never came is empty.</summary>
public sealed class CallsCsv : ICallSink
{
    private readonly TextWriter output;

    public CallsCsv(TextWriter output)
    {
        this.output = output;
        output.Write(CsvText.Line([
            "workflow", "node", "arrived_s", "ready_s", "scheduled_s", "first_token_s", "end_s",
            "prompt_tokens", "output_tokens", "hit_tokens", "preemptions", "worker", "state"]));
    }

    public void Add(in CallRow row)
    {
        CallRecord call = row.Record;
        output.Write(CsvText.Line([
            row.Workflow, row.Node, Seconds(row.Arrived), Seconds(call.Ready), Seconds(call.Scheduled), Seconds(call.FirstToken), Seconds(call.End),
            CsvText.Number(call.PromptTokens), CsvText.Number(call.OutputTokens), CsvText.Number(call.HitTokens), CsvText.Number(call.Preemptions),
            row.Worker ?? "", State(call.State)]));
    }

    private static string Seconds(Instant instant) => instant == Instant.Never
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{instant.Ns / 1_000_000_000}.{instant.Ns % 1_000_000_000:D9}");

    private static string State(CallState state) => state switch
    {
        CallState.Finished => "finished",
        CallState.Refused => "refused",
        CallState.Cancelled => "cancelled",
        CallState.Failed => "failed",
        CallState.Unfinished => "unfinished",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
