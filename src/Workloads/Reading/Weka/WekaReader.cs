namespace Cortex.Workloads;

/// <summary>
/// Sessions of Claude Code as recorded by WEKA (kv-cache-tester, v6 and v8): a session a line, its requests with run-length block ids,
/// sub-agents as entries with requests of their own. This class reads a line; <see cref="WekaLayout"/> makes a workflow of it.
/// </summary>
internal sealed class WekaReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private readonly WekaSession session = new();
    private readonly WekaLayout layout = new(builder);

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
                ReadRanges(ref json, ref request);
            }
            else if (json.KeyIs("requests"u8) && lane < 0)
            {
                agent = true;
                ReadRequests(ref json, session.Lanes++);
            }
            else
            {
                json.Skip();
            }
        }
        if (agent)
        {
            return;
        }
        if (request.PromptTokens < 0 || request.OutputTokens < 0 || !hasRanges)
        {
            string missing = request.PromptTokens < 0 ? "in" : request.OutputTokens < 0 ? "out" : "hash_ranges";
            throw json.Fault($"{missing} is missing in a request", "requests with in, out, hash_ranges, or sub-agents with requests");
        }
        session.Requests.Add(request);
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

    private void ReadRanges(ref JsonCursor json, ref WekaRequest request)
    {
        json.BeginList("hash_ranges");
        while (json.NextElement())
        {
            json.BeginList("a range");
            int first = json.NextElement() ? json.ReadInt("the first id of a range", least: 0) : -1;
            int count = first >= 0 && json.NextElement() ? json.ReadInt("the length of a range", least: 1) : 0;
            if (count == 0 || json.NextElement())
            {
                throw json.Fault("a range of hash_ranges is not a pair", "[first id, number of ids]");
            }
            session.Ranges.Add((first, count));
            request.RangeCount++;
        }
    }
}
