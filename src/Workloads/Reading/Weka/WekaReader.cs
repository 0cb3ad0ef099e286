namespace Cortex.Workloads;

/// <summary>
/// Sessions of Claude Code as recorded by WEKA (kv-cache-tester, v6 and v8): a session a line, its requests with run-length block ids,
/// sub-agents as entries with requests of their own. This class reads a line; <see cref="WekaLayout"/> makes a workflow of it.
/// </summary>
internal sealed class WekaReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private readonly WekaSession session = new();
    private readonly WekaLayout layout = new(builder);
    private readonly bool keepsDetails = builder.Options.KeepDetails;

    /// <summary>Of the request before.</summary>
    private string? model;
    private string? stop;

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        session.Clear();
        json.BeginObject("the line");
        while (json.NextKey())
        {
            if (json.KeyIs("id"u8))
            {
                session.Id = json.ReadString("id");
            }
            else if (json.KeyIs("block_size"u8))
            {
                session.BlockSize = json.ReadInt("block_size", least: 1);
            }
            else if (json.KeyIs("hash_id_scope"u8))
            {
                session.Local = json.ReadString("hash_id_scope") switch
                {
                    "local" => true,
                    "global" => false,
                    string other => throw json.Fault($"hash_id_scope is '{other}'", "local, global"),
                };
            }
            else if (json.KeyIs("requests"u8))
            {
                ReadRequests(ref json, lane: -1);
            }
            else if (json.KeyIs("tool_tokens"u8))
            {
                session.ToolTokens = json.ReadInt("tool_tokens", least: 0);
            }
            else if (json.KeyIs("system_tokens"u8))
            {
                session.SystemTokens = json.ReadInt("system_tokens", least: 0);
            }
            else
            {
                json.Skip();
            }
        }
        json.End();
        if (session.BlockSize == 0 || session.Local is null || session.Requests.Count == 0)
        {
            string missing = session.BlockSize == 0 ? "block_size" : session.Local is null ? "hash_id_scope" : "requests";
            throw json.Fault($"{missing} is missing or empty", "a session with id, block_size, hash_id_scope, requests");
        }
        layout.Add(session, in json);
    }

    public void Finish() => layout.Finish();

    private void ReadRequests(ref JsonCursor json, int lane)
    {
        json.BeginList("requests");
        while (json.NextElement())
        {
            ReadEntry(ref json, lane);
        }
    }

    private void ReadEntry(ref JsonCursor json, int lane)
    {
        WekaRequest request = new() { PromptTokens = -1, OutputTokens = -1, Lane = lane, FirstRange = session.Ranges.Count };
        bool agent = false;
        string? kind = null;
        bool hasRanges = false;
        json.BeginObject("an entry of requests");
        while (json.NextKey())
        {
            if (json.KeyIs("in"u8))
            {
                request.PromptTokens = json.ReadInt("in", least: 0);
            }
            else if (json.KeyIs("out"u8))
            {
                request.OutputTokens = json.ReadInt("out", least: 0);
            }
            else if (json.KeyIs("think_time"u8))
            {
                request.ThinkNs = json.ReadTime("think_time", TimeText.Second);
            }
            else if (json.KeyIs("input_types"u8))
            {
                request.AfterTool = ReadTypes(ref json);
            }
            else if (json.KeyIs("hash_ranges"u8))
            {
                hasRanges = true;
                request.RangeCount = BlockRanges.Read(ref json, session.Ranges);
            }
            else if (json.KeyIs("requests"u8) && lane < 0)
            {
                agent = true;
                session.LaneStarts.Add(default);
                ReadRequests(ref json, session.Lanes++);
            }
            else if (json.KeyIs("t"u8))
            {
                request.StartNs = json.ReadTime("t", TimeText.Second);
            }
            else if (json.KeyIs("api_time"u8))
            {
                request.ApiNs = json.ReadTimeOrNull("api_time", TimeText.Second) ?? 0;
            }
            else if (keepsDetails && ReadDetail(ref json, ref request, ref kind))
            {
                continue;
            }
            else
            {
                json.Skip();
            }
        }
        if (agent)
        {
            session.LaneStarts[session.Lanes - 1] = (request.StartNs, kind);
            return;
        }
        if (request.PromptTokens < 0 || request.OutputTokens < 0 || !hasRanges)
        {
            string missing = request.PromptTokens < 0 ? "in" : request.OutputTokens < 0 ? "out" : "hash_ranges";
            throw json.Fault($"{missing} is missing in a request", "requests with in, out, hash_ranges, or sub-agents with requests");
        }
        session.Requests.Add(request);
    }

    /// <summary>Reads the value of a key that only describes. False, and nothing read, if it is none of those kept.</summary>
    private bool ReadDetail(ref JsonCursor json, ref WekaRequest request, ref string? kind)
    {
        if (json.KeyIs("model"u8))
        {
            request.Model = model = json.ReadStringOrNull("model", model);
        }
        else if (json.KeyIs("stop"u8))
        {
            request.Stop = stop = json.ReadStringOrNull("stop", stop);
        }
        else if (json.KeyIs("type"u8))
        {
            request.Streamed = json.StringIs("type", "s"u8);
        }
        else if (json.KeyIs("ttft"u8))
        {
            request.TtftNs = json.ReadTimeOrNull("ttft", TimeText.Second);
        }
        else if (json.KeyIs("subagent_type"u8))
        {
            kind = json.ReadStringOrNull("subagent_type");
        }
        else
        {
            return false;
        }
        return true;
    }

    private static bool ReadTypes(ref JsonCursor json)
    {
        bool tool = false;
        json.BeginList("input_types");
        while (json.NextElement())
        {
            tool |= json.StringIs("an input type", "tool_result"u8);
        }
        return tool;
    }
}
