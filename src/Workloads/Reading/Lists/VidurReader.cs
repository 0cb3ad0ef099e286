using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Vidur's processed traces: columns <c>num_prefill_tokens</c>, <c>num_decode_tokens</c>, and <c>arrived_at</c> in seconds where the
/// trace has arrivals; without it an arrival must be laid on. Prompts share nothing.
/// </summary>
internal sealed class VidurReader : IRowFormat
{
    public static readonly string[] Columns = ["num_prefill_tokens", "num_decode_tokens"];
    public const string Arrival = "arrived_at";

    private readonly CsvTrace csv;
    private readonly WorkloadBuilder builder;
    private readonly StageId stage;
    private long last;

    public VidurReader(CsvTrace csv, WorkloadBuilder builder)
    {
        this.csv = csv;
        this.builder = builder;
        stage = builder.Stage("call");
        builder.ClosedByDefault = !csv.HasOptional(0);
    }

    public void Read()
    {
        long? arrival = null;
        if (csv.OptionalText(0) is string text)
        {
            arrival = TimeText.ToNs(text, TimeText.Second) ?? throw csv.Fault($"arrived_at is '{text}'", "seconds, a number of 0 or more");
            if (arrival < last)
            {
                throw csv.Fault("arrived_at is earlier than in the row before", "rows in order of time");
            }
            last = arrival.Value;
        }
        SingleCall.Add(builder, stage, name: null, arrival, csv.Int(0, least: 1), csv.Int(1, least: 0));
    }

    public void Finish()
    {
    }
}
