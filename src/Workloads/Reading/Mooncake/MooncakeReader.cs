using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Mooncake's published traces (FAST 2025): a request a line with <c>timestamp</c> (ms), <c>input_length</c>, <c>output_length</c> and
/// <c>hash_ids</c>, chained ids of 512-token blocks, the last of which may be partly filled. Block <c>i</c> lies at offset 512 × i of the
/// one stream of the file, so ids that follow each other make one segment. Rows with <c>session_id</c> are turns of a session, see
/// <see cref="MooncakeSessions"/>.
/// </summary>
internal sealed class MooncakeReader : ILineFormat
{
    private const int Block = 512;
    private const long Tick = 3_000_000_000;
    private const int LargestId = int.MaxValue / Block - 1;

    private readonly string file;
    private readonly WorkloadBuilder builder;
    private readonly StageId stage;
    private readonly StreamId blocks;
    private readonly List<ulong> read = [];
    private readonly List<int> ids = [];
    private MooncakeSessions? sessions;
    private long lastArrival;

    public MooncakeReader(string file, WorkloadBuilder builder)
    {
        this.file = file;
        this.builder = builder;
        stage = builder.Stage("call");
        blocks = builder.NewStream();
        builder.ShareStream(blocks);
        builder.NativeBlock = Block;
        builder.ChainedBlocks = true;
    }

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        long arrival = -1;
        long? delay = null;
        int input = -1;
        int output = -1;
        bool hasIds = false;
        string? session = null;
        ids.Clear();
        json.BeginObject("the line");
        while (json.NextKey())
        {
            if (json.KeyIs("timestamp"u8) || json.KeyIs("created_time"u8))
            {
                arrival = json.ReadTimeOrNull("timestamp", TimeText.Millisecond) ?? -1;
            }
            else if (json.KeyIs("input_length"u8) || json.KeyIs("input_tokens"u8))
            {
                input = json.ReadInt("input_length", least: 1);
            }
            else if (json.KeyIs("output_length"u8) || json.KeyIs("output_tokens"u8))
            {
                output = json.ReadInt("output_length", least: 0);
            }
            else if (json.KeyIs("hash_ids"u8))
            {
                hasIds = true;
                ReadIds(ref json);
            }
            else if (json.KeyIs("session_id"u8))
            {
                session = json.ReadScalar("session_id");
            }
            else if (json.KeyIs("delay"u8) || json.KeyIs("delay_ms"u8))
            {
                delay = json.ReadTimeOrNull("delay", TimeText.Millisecond);
            }
            else
            {
                throw json.UnknownKey("a Mooncake row", "timestamp", "input_length", "output_length", "hash_ids", "session_id", "delay");
            }
        }
        json.End();
        if ((arrival < 0 && session is null) || input < 0 || output < 0 || (!hasIds && session is null))
        {
            string missing = input < 0 ? "input_length" : output < 0 ? "output_length" : !hasIds ? "hash_ids" : "timestamp";
            throw json.Fault($"{missing} is missing", "a row with timestamp, input_length, output_length, hash_ids");
        }
        if (arrival < lastArrival && session is null)
        {
            throw json.Fault("timestamp is earlier than in the row before", "rows in order of time");
        }
        int expected = (input - 1) / Block + 1;
        if (hasIds && ids.Count != expected)
        {
            throw json.Fault($"{ids.Count} hash_ids for input_length {input}", $"{expected}, one for each block of {Block} tokens begun");
        }
        lastArrival = Math.Max(arrival, lastArrival);
        if (session is not null || sessions is not null)
        {
            sessions ??= new(file, builder, blocks);
            sessions.Add(session, arrival, delay, input, output, CollectionsMarshal.AsSpan(ids), number);
            return;
        }
        builder.Prompt.Clear();
        AppendBlocks(builder.Prompt, blocks, CollectionsMarshal.AsSpan(ids), input);
        int first = builder.NextTag;
        builder.AddCall(stage, output, [], builder.NewStream());
        builder.AddWorkflow(name: null, first, new Instant(arrival));
    }

    public void Finish()
    {
        sessions?.Finish();
        if (builder.Options.SpreadTicks)
        {
            builder.SpreadArrivals(Tick);
        }
    }

    /// <summary>Appends blocks to a prompt, the last of which may be partly filled.</summary>
    public static void AppendBlocks(PromptBuilder prompt, StreamId blocks, ReadOnlySpan<int> ids, int tokens)
    {
        int left = tokens;
        foreach (int id in ids)
        {
            prompt.Add(blocks, id * Block, Math.Min(left, Block));
            left -= Block;
        }
    }

    private void ReadIds(ref JsonCursor json)
    {
        json.ReadIds("hash_ids", "a hash id", read);
        foreach (ulong id in CollectionsMarshal.AsSpan(read))
        {
            ids.Add(id <= LargestId ? (int)id : throw json.Fault($"a hash id is {id}", $"a whole number from 0 to {LargestId}"));
        }
        read.Clear();
    }
}
