using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// NVIDIA's request graphs (<c>agentic_mooncake</c> version 2): a header, then a request a line, which names its play, the ids of its prompt's
/// blocks and what it waits for. With <c>hash_id_scope: local</c> equal ids are equal blocks only within a play. A play is a workflow; all
/// start at 0, and <c>not_before_ms</c> counts from there. This class reads lines; <see cref="AgenticLayout"/> makes workflows of them.
/// </summary>
internal sealed class AgenticMooncakeReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private readonly List<AgenticPlay> plays = [];
    private readonly Dictionary<string, int> playIndices = [];
    private readonly List<AgenticBlocks> blocks = [];
    private readonly List<ulong> ids = [];
    private readonly AgenticPrompts prompts = new(builder);
    private readonly SortedDictionary<string, long> unused = new(StringComparer.Ordinal);
    private bool hasHeader;
    private bool local;

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        json.BeginObject("the line");
        if (hasHeader)
        {
            ReadRow(ref json);
        }
        else
        {
            ReadHeader(ref json);
            hasHeader = true;
        }
    }

    public void Finish()
    {
        AgenticLayout layout = new(file, builder);
        foreach (AgenticPlay play in plays)
        {
            layout.Add(play, Instant.Zero);
        }
        prompts.Note(unused);
    }

    private void ReadHeader(ref JsonCursor json)
    {
        string? schema = null, scope = null;
        int version = 0;
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "schema": schema = json.ReadString("schema"); break;
                case "version": version = json.ReadInt("version", least: 1); break;
                case "block_size": builder.NativeBlock = json.ReadInt("block_size", least: 1); break;
                case "hash_id_scope": scope = json.ReadString("hash_id_scope"); break;
                default: json.Skip(); break;
            }
        }
        json.End();
        if (schema != "dynamo.agentic_mooncake" || version != 2)
        {
            throw json.Fault($"schema is '{schema}', version {version}", "dynamo.agentic_mooncake, version 2");
        }
        if (builder.NativeBlock == 0)
        {
            throw json.Fault("block_size is missing", "a whole number from 1");
        }
        local = scope switch
        {
            "local" => !builder.Options.GlobalHashIds,
            "global" => false,
            _ => throw json.Fault($"hash_id_scope is {(scope is null ? "missing" : $"'{scope}'")}", "local, global"),
        };
        builder.ChainedBlocks = true;
        builder.ClosedByDefault = true;
    }

    private void ReadRow(ref JsonCursor json)
    {
        AgenticRow row = new() { Id = "", Line = json.Line, OutputTokens = -1 };
        List<AgenticEdge> edges = [];
        string? play = null;
        int input = -1;
        bool hasIds = false;
        while (json.NextKey())
        {
            if (json.KeyIs("hash_ids"u8))
            {
                hasIds = true;
                ids.Clear();
                json.ReadIds("hash_ids", "a hash id", ids);
                continue;
            }
            switch (json.Key())
            {
                case "request_id": row.Id = json.ReadString("request_id"); break;
                case "play_id": play = json.ReadString("play_id"); break;
                case "input_length": input = json.ReadInt("input_length", least: 0); break;
                case "output_length": row.OutputTokens = json.ReadInt("output_length", least: 0); break;
                case "not_before_ms": row.NotBeforeNs = json.ReadTimeOrNull("not_before_ms", TimeText.Millisecond) ?? 0; break;
                case "dependencies": ReadEdges(ref json, edges); break;
                case "model" when builder.Options.KeepDetails: row.Model = json.ReadStringOrNull("model"); break;
                case "session_id" when builder.Options.KeepDetails: row.Session = json.ReadScalar("session_id"); break;
                case string other:
                    unused[other] = unused.GetValueOrDefault(other) + 1;
                    json.Skip();
                    break;
            }
        }
        json.End();
        if (row.Id.Length == 0 || play is null || input < 0 || row.OutputTokens < 0 || !hasIds)
        {
            string missing = row.Id.Length == 0 ? "request_id" : play is null ? "play_id" : input < 0 ? "input_length"
                : row.OutputTokens < 0 ? "output_length" : "hash_ids";
            throw json.Fault($"{missing} is missing or empty", "a request with request_id, play_id, input_length, output_length, hash_ids");
        }
        int index = IndexOf(play);
        row.Prompt = prompts.Build(blocks[local ? index : 0], CollectionsMarshal.AsSpan(ids), input);
        row.FirstEdge = plays[index].Edges.Count;
        row.EdgeCount = edges.Count;
        plays[index].Edges.AddRange(edges);
        plays[index].Rows.Add(row);
    }

    private int IndexOf(string play)
    {
        if (!playIndices.TryGetValue(play, out int index))
        {
            index = plays.Count;
            playIndices.Add(play, index);
            plays.Add(new(play));
            if (local || index == 0)
            {
                blocks.Add(new(builder.NewStream(), builder.NativeBlock));
            }
        }
        return index;
    }

    private static void ReadEdges(ref JsonCursor json, List<AgenticEdge> edges)
    {
        json.BeginList("dependencies");
        while (json.NextElement())
        {
            string id = "";
            bool onDispatch = false;
            long delay = 0;
            json.BeginObject("a dependency");
            while (json.NextKey())
            {
                switch (json.Key())
                {
                    case "request_id": id = json.ReadString("request_id of a dependency"); break;
                    case "delay_ms": delay = json.ReadTimeOrNull("delay_ms", TimeText.Millisecond) ?? 0; break;
                    case "trigger":
                        onDispatch = json.ReadString("trigger") switch
                        {
                            "dispatch" => true,
                            "completion" => false,
                            string other => throw json.Fault($"trigger is '{other}'", "dispatch, completion"),
                        };
                        break;
                    case "relation": json.Skip(); break;
                    default: throw json.UnknownKey("a dependency", "request_id", "trigger", "delay_ms", "relation");
                }
            }
            edges.Add(id.Length > 0 ? new(id, onDispatch, delay) : throw json.Fault("request_id of a dependency is missing", "the request_id of another request of the play"));
        }
    }
}
