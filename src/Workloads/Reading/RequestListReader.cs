using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// A plain list of requests: columns <c>id</c>, <c>arrived_at</c> (seconds from the start of the run, taken to whole nanoseconds half to
/// even from the digits as written), <c>prompt_tokens</c>, <c>output_tokens</c>. Prompts share nothing.
/// </summary>
internal sealed class RequestListReader(CsvTrace csv, WorkloadBuilder builder) : IRowFormat
{
    public static readonly string[] Columns = ["id", "arrived_at", "prompt_tokens", "output_tokens"];

    private readonly StageId stage = builder.Stage("call");
    private long last;

    public void Read()
    {
        if (TimeText.ToNs(csv.Text(1), TimeText.Second) is not long arrival)
        {
            throw csv.FieldFault(1, "seconds, a number of 0 or more");
        }
        if (arrival < last)
        {
            throw csv.Fault("arrived_at is earlier than in the row before", "rows in order of time");
        }
        last = arrival;
        string id = csv.Text(0);
        SingleCall.Add(builder, stage, IsIndex(id, builder.WorkflowCount) ? null : id, arrival, csv.Int(2, least: 1), csv.Int(3, least: 0));
    }

    public void Finish()
    {
    }

    /// <summary>Ids that count the rows, the usual case, need no text of their own.</summary>
    private static bool IsIndex(string id, int index)
    {
        Span<char> digits = stackalloc char[11];
        return index.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture) && id.AsSpan().SequenceEqual(digits[..length]);
    }
}
