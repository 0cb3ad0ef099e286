using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Azure's public traces (2023, used in Splitwise): columns <c>TIMESTAMP</c> (wall clock with digits down to 100 ns),
/// <c>ContextTokens</c>, <c>GeneratedTokens</c>. The first row arrives at 0. Nothing is known of the prompts' contents, so each is private.
/// </summary>
internal sealed class AzureReader(CsvTrace csv, WorkloadBuilder builder) : IRowFormat
{
    public static readonly string[] Columns = ["TIMESTAMP", "ContextTokens", "GeneratedTokens"];

    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";
    private const long NsPerTick = 100;

    private readonly StageId stage = builder.Stage("call");
    private DateTime? first;
    private long last;

    public void Read()
    {
        if (!DateTime.TryParseExact(csv.Text(0), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            throw csv.FieldFault(0, "a time such as 2023-11-16 18:17:03.9799600");
        }
        first ??= time;
        long arrival = checked((time - first.Value).Ticks * NsPerTick);
        if (arrival < last)
        {
            throw csv.Fault("TIMESTAMP is earlier than in the row before", "rows in order of time");
        }
        last = arrival;
        SingleCall.Add(builder, stage, name: null, arrival, csv.Int(1, least: 1), csv.Int(2, least: 0));
    }

    public void Finish()
    {
    }
}
