using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Mooncake's published traces (FAST 2025): a request a line with <c>timestamp</c> (ms), <c>input_length</c>, <c>output_length</c> and
/// <c>hash_ids</c>, chained ids of 512-token blocks, the last of which may be partly filled. Block <c>i</c> lies at offset 512 × i of the
/// one stream of the file, so ids that follow each other make one segment.
/// </summary>
internal sealed class MooncakeReader : ILineFormat
{
    private const int Block = 512;
    private const int LargestId = int.MaxValue / Block - 1;

    private readonly string file;
    private readonly WorkloadBuilder builder;
    private readonly StageId stage;
    private readonly StreamId blocks;
    private readonly List<int> ids = [];
    private long lastArrival;

    public MooncakeReader(string file, WorkloadBuilder builder)
    {
        this.file = file;
        this.builder = builder;
        stage = builder.Stage("call");
        blocks = builder.NewStream();
        builder.NativeBlock = Block;
        builder.ChainedBlocks = true;
    }

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        JsonCursor json = new(file, number, line);
        long arrival = -1;
        int input = -1;
        int output = -1;
        bool hasIds = false;
        json.BeginObject("the line");
        while (json.NextKey())
        {
            if (json.KeyIs("timestamp"u8))
            {
                arrival = json.ReadTime("timestamp", TimeText.Millisecond);
            }
            else if (json.KeyIs("input_length"u8))
            {
                input = json.ReadInt("input_length", least: 1);
            }
            else if (json.KeyIs("output_length"u8))
            {
                output = json.ReadInt("output_length", least: 0);
            }
            else if (json.KeyIs("hash_ids"u8))
            {
                hasIds = true;
                ReadIds(ref json);
            }
            else
            {
                throw json.UnknownKey("a Mooncake row", "timestamp", "input_length", "output_length", "hash_ids");
            }
        }
        json.End();
        if (arrival < 0 || input < 0 || output < 0 || !hasIds)
        {
            string missing = arrival < 0 ? "timestamp" : input < 0 ? "input_length" : output < 0 ? "output_length" : "hash_ids";
            throw json.Fault($"{missing} is missing", "a row with timestamp, input_length, output_length, hash_ids");
        }
        if (arrival < lastArrival)
        {
            throw json.Fault("timestamp is earlier than in the row before", "rows in order of time");
        }
        int expected = (input - 1) / Block + 1;
        if (ids.Count != expected)
        {
            throw json.Fault($"{ids.Count} hash_ids for input_length {input}", $"{expected}, one for each block of {Block} tokens begun");
        }
        lastArrival = arrival;
        AddRow(arrival, input, output);
    }

    public void Finish()
    {
    }

    private void ReadIds(ref JsonCursor json)
    {
        ids.Clear();
        json.BeginList("hash_ids");
        while (json.NextElement())
        {
            int id = json.ReadInt("a hash id", least: 0);
            ids.Add(id <= LargestId ? id : throw json.Fault($"a hash id is {id}", $"a whole number from 0 to {LargestId}"));
        }
    }

    private void AddRow(long arrival, int input, int output)
    {
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        int left = input;
        foreach (int id in CollectionsMarshal.AsSpan(ids))
        {
            prompt.Add(blocks, id * Block, Math.Min(left, Block));
            left -= Block;
        }
        int first = builder.NextTag;
        builder.AddCall(stage, output, [], builder.NewStream());
        builder.AddWorkflow(name: null, first, new Instant(arrival));
    }
}
