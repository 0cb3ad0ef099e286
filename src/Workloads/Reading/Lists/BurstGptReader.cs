using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// BurstGPT: columns <c>Timestamp</c> (s), <c>Model</c>, <c>Request tokens</c>, <c>Response tokens</c> (0: failed), and in newer files
/// <c>Session ID</c> and <c>Elapsed time</c> (s). Rows of a session are a workflow, each released at its recorded time and, closed loop,
/// after the recorded pause behind the row before. Nothing is known of the prompts' contents, so each is private.
/// </summary>
internal sealed class BurstGptReader(CsvTrace csv, WorkloadBuilder builder) : IRowFormat
{
    public static readonly string[] Columns = ["Timestamp", "Request tokens", "Response tokens"];
    public static readonly string[] Optional = ["Model", "Session ID", "Elapsed time"];

    private readonly record struct Row(long Ns, int Prompt, int Output, string? Model, long ElapsedNs);

    private readonly List<(string? Session, List<Row> Rows)> sessions = [];
    private readonly Dictionary<string, int> indices = [];
    private long failed;
    private long last;

    public void Read()
    {
        long at = TimeText.ToNs(csv.Text(0), TimeText.Second) ?? throw csv.FieldFault(0, "seconds, a number of 0 or more");
        if (at < last)
        {
            throw csv.Fault("Timestamp is earlier than in the row before", "rows in order of time");
        }
        last = at;
        long elapsed = csv.OptionalText(2) is { Length: > 0 } text
            ? TimeText.ToNs(text, TimeText.Second) ?? throw csv.Fault($"Elapsed time is '{text}'", "seconds, a number of 0 or more")
            : 0;
        Row row = new(at, csv.Int(1, least: 0), csv.Int(2, least: 0), csv.OptionalText(0), elapsed);
        failed += row.Output == 0 ? 1 : 0;
        Session(csv.OptionalText(1) is { Length: > 0 } session ? session : null).Add(row);
    }

    public void Finish()
    {
        StageId stage = builder.Stage("call");
        foreach ((string? session, List<Row> rows) in sessions)
        {
            AddSession(session, rows, stage);
        }
        if (failed > 0)
        {
            builder.Note($"calls recorded as failed, with an output of 0: {failed}");
        }
        builder.Lose("Total tokens, Log Type");
    }

    private List<Row> Session(string? id)
    {
        if (id is null || !indices.TryGetValue(id, out int index))
        {
            index = sessions.Count;
            sessions.Add((id, []));
            if (id is not null)
            {
                indices.Add(id, index);
            }
        }
        return sessions[index].Rows;
    }

    private void AddSession(string? session, List<Row> rows, StageId stage)
    {
        int first = builder.NextTag;
        Row before = default;
        foreach (Row row in rows)
        {
            builder.Prompt.Clear();
            builder.Prompt.Add(builder.NewStream(), 0, row.Prompt);
            bool follows = builder.NextTag > first;
            long pause = follows ? Math.Max(row.Ns - before.Ns - before.ElapsedNs, 0) : 0;
            int tag = builder.AddCall(stage, row.Output, follows ? [builder.NextTag - 1] : [], builder.NewStream(), pause, outcome: row.Output == 0 ? builder.Outcome("error") : (ushort)0);
            if (rows.Count > 1)
            {
                builder.AddRelease(tag, row.Ns);
            }
            if (builder.Detail(tag) is { } detail)
            {
                detail.Model = row.Model;
                detail.Observed = row.ElapsedNs > 0 ? new() { E2eNs = row.ElapsedNs } : null;
            }
            before = row;
        }
        builder.AddWorkflow(session, first, new Instant(rows[0].Ns), "chat");
    }
}
