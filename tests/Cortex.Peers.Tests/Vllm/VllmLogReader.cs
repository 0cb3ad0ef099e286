using System.Text.Json;
using System.Text.Json.Serialization;
using Cortex.Testing;

namespace Cortex.Peers.Tests.Vllm;

/// <summary>Reads a file of format <c>vllm-sched-log/1</c>: a header, the requests by id, the steps.</summary>
public static class VllmLogReader
{
    private const string Format = "vllm-sched-log/1";

    /// <summary>A setting that nobody here heeds might decide, so that it is refused.</summary>
    private static readonly JsonSerializerOptions Settings = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="InvalidDataException">A line or a setting that the format does not know; names file and line.</exception>
    public static VllmLog Read(string path)
    {
        JsonElement header = default;
        List<VllmRequest> requests = [];
        List<VllmStep> steps = [];
        int number = 0;
        foreach (string text in Gzip.Lines(path))
        {
            number++;
            using JsonDocument line = JsonDocument.Parse(text);
            JsonElement root = line.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                header = root.Clone();
                continue;
            }
            switch (root[0].GetString())
            {
                case "R": requests.Add(ReadRequest(root)); break;
                case "S": steps.Add(ReadStep(root)); break;
                default: throw new InvalidDataException($"{path}:{number}: line kind {root[0]}, allowed R and S");
            }
        }
        return new VllmLog(
            header.GetProperty("run").GetString()!,
            ReadRelease(header.GetProperty("vllm").GetString()!),
            ReadConfig(path, header),
            requests,
            steps);
    }

    private static VllmConfig ReadConfig(string path, JsonElement header)
    {
        if (header.GetProperty("format").GetString() is var format && format != Format)
        {
            throw new InvalidDataException($"{path}:1: format {format}, allowed {Format}");
        }
        try
        {
            return header.GetProperty("config").Deserialize<VllmConfig>(Settings)!;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}:1: config: {fault.Message}", fault);
        }
    }

    /// <summary>The numbers of a version such as <c>0.28.0</c>, <c>0.28.0rc1</c> or <c>0.28.0+cpu</c>: rules switch at them alone.</summary>
    private static Version ReadRelease(string text) =>
        Version.Parse(string.Concat(text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')).TrimEnd('.'));

    private static VllmRequest ReadRequest(JsonElement line)
    {
        int[] prompt = Ints(line[5]);
        JsonElement result = line[7];
        return new VllmRequest(
            line[1].GetInt32(),
            line[2].GetInt32(),
            line[3].GetInt32(),
            line[4].GetInt32(),
            [.. prompt.Chunk(2).Select(pair => new VllmPiece(pair[0], pair[1]))],
            new VllmResult(
                IntOrNull(result[0]), IntOrNull(result[1]), result[2].GetString(), result[3].GetInt32(), IntOrNull(result[4]), result[5].GetInt32()));
    }

    private static VllmStep ReadStep(JsonElement line)
    {
        JsonElement sums = line[6];
        return new VllmStep(
            line[1].GetInt32(),
            Ints(line[2]),
            Ints(line[3]),
            line[4].ValueKind == JsonValueKind.Null ? null : [.. line[4].EnumerateArray().Select(ReadRow)],
            Ints(line[5]),
            sums[0].GetInt32(),
            sums[1].GetInt64(),
            sums[2].GetInt32(),
            ReadState(line[7]),
            line.GetArrayLength() > 8
                ? new VllmUpdate(Ints(line[8]), line[9].GetInt32(), Ints(line[10]), Ints(line[11]), Ints(line[12]), ReadState(line[13]))
                : null);
    }

    private static VllmRow ReadRow(JsonElement row) => row.ValueKind == JsonValueKind.Number
        ? VllmRow.Bare(row.GetInt32())
        : new VllmRow(row[0].GetInt32(), (VllmKind)row[1].GetInt32(), row[2].GetInt32(), row[3].GetInt32(), Expand(Ints(row[4])));

    /// <summary>Runs a..b, each counting up or down by one, to single ids.</summary>
    private static int[] Expand(int[] runs) =>
    [
        .. runs.Chunk(2).SelectMany(run => Enumerable.Range(0, Math.Abs(run[1] - run[0]) + 1).Select(i => run[0] + i * Math.Sign(run[1] - run[0]))),
    ];

    private static VllmState ReadState(JsonElement state) =>
        new(state[0].GetInt32(), state[1].GetInt32(), state[2].GetInt32(), state[3].GetInt32());

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetInt32())];

    private static int? IntOrNull(JsonElement item) => item.ValueKind == JsonValueKind.Null ? null : item.GetInt32();
}
