using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// NVIDIA's request graphs of version 1: no header, a request a line. A request without <c>wait_for</c> arrives at its <c>timestamp</c> (ms);
/// another is released when all that it waits for have ended, and then <c>delay</c> (or <c>delay_ms</c>) and <c>tool_wait_ms</c> later.
/// Requests that hang together make a workflow. Block ids are the file's; the size of a block stands nowhere and follows from the rows.
/// </summary>
internal sealed class AgenticMooncakeV1Reader(string file, WorkloadBuilder builder) : ILineFormat
{
    /// <summary>A request whose prompt can be built only once the block size is known.</summary>
    private readonly record struct Pending(AgenticRow Row, long? ArrivalNs, int Input, int FirstId, int Ids);

    private readonly List<Pending> rows = [];
    private readonly List<AgenticEdge> edges = [];
    private readonly List<ulong> ids = [];
    private readonly AgenticPrompts prompts = new(builder);
    private readonly AgenticBlockSize blockSize = new(file);
    private readonly SortedDictionary<string, long> unused = new(StringComparer.Ordinal);

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        AgenticRow row = new() { Id = "", Line = number, OutputTokens = -1, FirstEdge = edges.Count };
        List<string> waits = [];
        int input = -1, firstId = ids.Count;
        long delay = 0;
        long? arrival = null;
        bool hasIds = false;
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "request_id": row.Id = json.ReadString("request_id"); break;
                case "input_length": input = json.ReadInt("input_length", least: 0); break;
                case "output_length": row.OutputTokens = json.ReadInt("output_length", least: 0); break;
                case "timestamp": arrival = json.ReadTimeOrNull("timestamp", TimeText.Millisecond); break;
                case "delay" or "delay_ms": delay = json.ReadTimeOrNull("delay", TimeText.Millisecond) ?? 0; break;
                case "tool_wait_ms": row.ToolNs = json.ReadTimeOrNull("tool_wait_ms", TimeText.Millisecond) ?? 0; break;
                case "hash_ids":
                    hasIds = true;
                    json.ReadIds("hash_ids", "a hash id", ids);
                    break;
                case "wait_for":
                    json.BeginList("wait_for");
                    while (json.NextElement())
                    {
                        waits.Add(json.ReadString("an element of wait_for"));
                    }
                    break;
                case "model" when builder.Options.KeepDetails: row.Model = json.ReadStringOrNull("model"); break;
                case "session_id" when builder.Options.KeepDetails: row.Session = json.ReadScalar("session_id"); break;
                case string other:
                    unused[other] = unused.GetValueOrDefault(other) + 1;
                    json.Skip();
                    break;
            }
        }
        json.End();
        if (row.Id.Length == 0 || input < 0 || row.OutputTokens < 0 || !hasIds || (waits.Count == 0 && arrival is null))
        {
            string missing = row.Id.Length == 0 ? "request_id" : input < 0 ? "input_length" : row.OutputTokens < 0 ? "output_length"
                : !hasIds ? "hash_ids" : "timestamp";
            throw json.Fault($"{missing} is missing or empty", "a request with request_id, input_length, output_length, hash_ids, and wait_for or timestamp");
        }
        edges.AddRange(waits.Select(id => new AgenticEdge(id, OnDispatch: false, delay)));
        row.EdgeCount = waits.Count;
        blockSize.Learn(input, ids.Count - firstId, number);
        rows.Add(new(row, waits.Count == 0 ? arrival : null, input, firstId, ids.Count - firstId));
    }

    public void Finish()
    {
        builder.NativeBlock = blockSize.Smallest;
        builder.ChainedBlocks = true;
        AgenticBlocks blocks = new(builder.NewStream(), builder.NativeBlock);
        AgenticLayout layout = new(file, builder);
        foreach ((AgenticPlay play, long arrival) in Plays(blocks).OrderBy(play => play.ArrivalNs))
        {
            layout.Add(play, new(arrival));
        }
        builder.Note($"block size taken from the rows: {builder.NativeBlock}");
        prompts.Note(unused);
    }

    /// <summary>Each named after its first request; a circle without a root begins at 0 and is refused later.</summary>
    private IEnumerable<(AgenticPlay Play, long ArrivalNs)> Plays(AgenticBlocks blocks)
    {
        Span<AgenticEdge> all = CollectionsMarshal.AsSpan(edges);
        AgenticGroups groups = new(rows.Count);
        Dictionary<string, int> byId = [];
        for (int i = 0; i < rows.Count; i++)
        {
            byId.TryAdd(rows[i].Row.Id, i);
        }
        for (int i = 0; i < rows.Count; i++)
        {
            AgenticRow row = rows[i].Row;
            groups.Join(i, byId[row.Id]);
            foreach (AgenticEdge edge in all.Slice(row.FirstEdge, row.EdgeCount))
            {
                groups.Join(i, byId.GetValueOrDefault(edge.Id, i));
            }
        }
        return
        [
            .. Enumerable.Range(0, rows.Count).GroupBy(groups.FirstOf).Select(members =>
            {
                long arrival = members.Min(i => rows[i].ArrivalNs) ?? 0;
                AgenticPlay play = new(rows[members.Key].Row.Id);
                foreach (int i in members)
                {
                    Pending pending = rows[i];
                    AgenticRow row = pending.Row with
                    {
                        Prompt = prompts.Build(blocks, CollectionsMarshal.AsSpan(ids).Slice(pending.FirstId, pending.Ids), pending.Input),
                        NotBeforeNs = pending.ArrivalNs - arrival ?? 0,
                        FirstEdge = play.Edges.Count,
                    };
                    play.Edges.AddRange(edges.GetRange(pending.Row.FirstEdge, row.EdgeCount));
                    play.Rows.Add(row);
                }
                return (play, arrival);
            }),
        ];
    }
}
