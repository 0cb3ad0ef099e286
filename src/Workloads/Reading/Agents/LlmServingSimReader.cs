using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// LLMServingSim's workloads: a request a line (<c>input_toks</c>, <c>output_toks</c>, <c>arrival_time_ns</c>), or a session a line with
/// <c>sub_requests</c>, each of which follows the one before after its <c>tool_duration_ns</c>. Contents are token ids
/// (<c>input_tok_ids</c>), or runs of ids of full blocks (<c>block_size</c>, <c>hash_ranges</c>), or unknown. Sessions are put in order of
/// arrival, as their simulator does.
/// </summary>
internal sealed class LlmServingSimReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private const int TokenBlock = 16;

    private struct Request
    {
        public int Input;
        public int Output;
        public long ToolNs;
        public Segment[] Prompt;
    }

    private readonly record struct Session(string? Id, long ArrivalNs, List<Request> Requests);

    private readonly List<Session> sessions = [];
    private readonly List<(int First, int Count)> ranges = [];
    private readonly List<ulong> ids = [];
    private readonly List<ulong> chains = [];
    private readonly StreamId known = builder.NewStream();
    private AgenticBlocks? hashed;
    private long differing;
    private long empty;

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        Session session = new(null, 0, []);
        Request own = new() { Input = -1, Output = -1 };
        bool several = false;
        int block = 0;
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "session_id": session = session with { Id = json.ReadScalar("session_id") }; break;
                case "arrival_time_ns": session = session with { ArrivalNs = json.ReadTime("arrival_time_ns", unitNs: 1) }; break;
                case "sub_requests":
                    several = true;
                    json.BeginList("sub_requests");
                    while (json.NextElement())
                    {
                        session.Requests.Add(ReadRequest(ref json));
                    }
                    break;
                default: ReadField(ref json, ref own, ref block); break;
            }
        }
        json.End();
        if (!several)
        {
            session.Requests.Add(Finished(own, block, json));
        }
        empty += session.Requests.Count == 0 ? 1 : 0;
        sessions.Add(session);
    }

    public void Finish()
    {
        StageId call = builder.Stage("call"), tool = builder.Stage("tool");
        foreach (Session session in sessions.Where(session => session.Requests.Count > 0).OrderBy(session => session.ArrivalNs))
        {
            int first = builder.NextTag;
            long pause = 0;
            foreach (Request request in session.Requests)
            {
                int before = builder.NextTag > first ? builder.NextTag - 1 : -1;
                if (before >= 0 && pause > 0)
                {
                    before = builder.AddPause(NodeKind.Tool, tool, pause, [before]);
                }
                builder.Prompt.Clear();
                foreach (Segment segment in request.Prompt)
                {
                    builder.Prompt.Add(segment.Stream, segment.Offset, segment.Length);
                }
                builder.AddCall(call, request.Output, before < 0 ? [] : [before], builder.NewStream());
                pause = request.ToolNs;
            }
            builder.AddWorkflow(session.Id, first, new Instant(session.ArrivalNs));
        }
        builder.NativeBlock = builder.NativeBlock == 0 && hashed is not null ? TokenBlock : builder.NativeBlock;
        builder.ChainedBlocks = builder.NativeBlock > 0;
        if (empty > 0)
        {
            builder.Note($"sessions without requests, left out: {empty}");
        }
        if (differing > 0)
        {
            builder.Note($"prompts whose input_tok_ids are not input_toks many, whose length is input_toks: {differing}");
        }
        builder.Lose("output_tok_ids");
    }

    private Request ReadRequest(ref JsonCursor json)
    {
        Request request = new() { Input = -1, Output = -1 };
        int block = 0;
        json.BeginObject("a sub-request");
        while (json.NextKey())
        {
            ReadField(ref json, ref request, ref block);
        }
        return Finished(request, block, json);
    }

    private void ReadField(ref JsonCursor json, ref Request request, ref int block)
    {
        switch (json.Key())
        {
            case "input_toks": request.Input = json.ReadInt("input_toks", least: 1); break;
            case "output_toks": request.Output = json.ReadInt("output_toks", least: 0); break;
            case "tool_duration_ns": request.ToolNs = json.ReadTime("tool_duration_ns", unitNs: 1); break;
            case "block_size": block = json.ReadInt("block_size", least: 1); break;
            case "hash_ranges":
                BlockRanges.Read(ref json, ranges);
                break;
            case "input_tok_ids":
                ids.Clear();
                json.ReadIds("input_tok_ids", "a token id", ids);
                break;
            case "output_tok_ids": json.Skip(); break;
            default: throw json.UnknownKey("a request", "input_toks", "output_toks", "arrival_time_ns", "tool_duration_ns", "input_tok_ids", "block_size", "hash_ranges", "session_id", "sub_requests");
        }
    }

    private Request Finished(Request request, int block, in JsonCursor json)
    {
        if (request.Input < 0 || request.Output < 0)
        {
            throw json.Fault($"{(request.Input < 0 ? "input_toks" : "output_toks")} is missing", "requests with input_toks, output_toks");
        }
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        if (ids.Count > 0)
        {
            differing += ids.Count == request.Input ? 0 : 1;
            AddTokens(request.Input);
        }
        else if (ranges.Count > 0)
        {
            if (block == 0 || (builder.NativeBlock != 0 && builder.NativeBlock != block))
            {
                throw json.Fault($"block_size is {block}", builder.NativeBlock == 0 ? "a whole number from 1" : $"that of the rows before, {builder.NativeBlock}");
            }
            builder.NativeBlock = block;
            BlockRanges.Append(ranges, known, block, request.Input, prompt, json);
        }
        int left = request.Input - (int)prompt.Tokens;
        if (left > 0)
        {
            prompt.Add(builder.NewStream(), 0, left);
        }
        ids.Clear();
        ranges.Clear();
        request.Prompt = prompt.ToArray();
        return request;
    }

    /// <summary>Whole blocks of token ids, each known by all that stand before it.</summary>
    private void AddTokens(int input)
    {
        hashed ??= new(builder.NewStream(), TokenBlock);
        chains.Clear();
        ulong chain = 0;
        ReadOnlySpan<ulong> tokens = CollectionsMarshal.AsSpan(ids);
        for (int block = 0; (block + 1) * TokenBlock <= Math.Min(tokens.Length, input); block++)
        {
            foreach (ulong token in tokens.Slice(block * TokenBlock, TokenBlock))
            {
                chain = Mix.Of(chain, token);
            }
            chains.Add(chain);
        }
        hashed.Append(CollectionsMarshal.AsSpan(chains), chains.Count * TokenBlock, builder.Prompt);
    }
}
