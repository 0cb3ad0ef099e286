using System.Globalization;
using System.Text;
using System.Text.Json;
using Cortex.Testing;
using Cortex.Workloads;

namespace Cortex.Peers.Tests.Aisimulate;

/// <summary>The requests of a run, read in the plainest way.</summary>
public static class AisimulateInput
{
    private const int MooncakeBlock = 512;

    /// <param name="path">The run's input.</param>
    /// <param name="run">Its settings.</param>
    /// <param name="nativeBlock">Tokens of the block that an id names.</param>
    public static IReadOnlyList<AisimulateRequest> Read(string path, AisimulateRun run, out int nativeBlock)
    {
        IEnumerable<string> lines = Gzip.Lines(path);
        nativeBlock = run.BlockSize;
        switch (run.Format)
        {
            case "mooncake":
                nativeBlock = MooncakeBlock;
                return [.. lines.Take(run.Rows ?? int.MaxValue).Select(MooncakeRow)];
            case "request-list":
                return [.. RequestList(lines.Skip(1).Take(run.Rows ?? int.MaxValue))];
            case "agentic_mooncake":
                string[] all = [.. lines];
                using (JsonDocument header = JsonDocument.Parse(all[0]))
                {
                    nativeBlock = header.RootElement.GetProperty("block_size").GetInt32();
                }
                return Agentic(all.Skip(1).Take(run.Rows ?? int.MaxValue));
            default:
                throw new NotSupportedException($"{run.Name}: format {run.Format}");
        }
    }

    /// <summary>The requests of a run as the product reads them: the same file, cut to the run's rows.</summary>
    public static Workload Load(AisimulateRun run)
    {
        string path = Shared.PathOf(run.Input);
        if (run.Rows is not { } rows)
        {
            return TraceFile.Load(path);
        }
        int headers = run.Format == "mooncake" ? 0 : 1;
        return TraceFile.Load(Encoding.UTF8.GetBytes(string.Join('\n', Gzip.Lines(path).Take(headers + rows))), run.Input);
    }

    /// <summary>From milliseconds.</summary>
    public static long Ns(double ms) => (long)Math.Round(ms * 1e6);

    private static AisimulateRequest MooncakeRow(string line, int row)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        return new(
            row, Name(row), Name(row), Ns(json.GetProperty("timestamp").GetDouble()), [], json.GetProperty("input_length").GetInt32(),
            json.GetProperty("output_length").GetInt32(), [.. json.GetProperty("hash_ids").EnumerateArray().Select(id => id.GetInt64())]);
    }

    /// <summary>The first arrival is moved to 0.</summary>
    private static IEnumerable<AisimulateRequest> RequestList(IEnumerable<string> rows)
    {
        double? first = null;
        int row = 0;
        foreach (string line in rows)
        {
            string[] fields = line.Split(',');
            double at = double.Parse(fields[1], CultureInfo.InvariantCulture);
            first ??= at;
            yield return new(
                row, Name(row), Name(row), Ns((at - first.Value) * 1000), [], int.Parse(fields[2], CultureInfo.InvariantCulture),
                int.Parse(fields[3], CultureInfo.InvariantCulture), []);
            row++;
        }
    }

    private static List<AisimulateRequest> Agentic(IEnumerable<string> rows)
    {
        List<AisimulateRequest> requests = [];
        Dictionary<string, int> ids = [];
        foreach (string line in rows)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement json = document.RootElement;
            string name = json.GetProperty("request_id").GetString()!;
            ids.Add(name, requests.Count);
            requests.Add(new(
                requests.Count, name, json.GetProperty("play_id").GetString()!, Ns(json.GetProperty("not_before_ms").GetDouble()),
                [
                    .. json.GetProperty("dependencies").EnumerateArray().Select(edge => new AisimulateEdge(
                        ids[edge.GetProperty("request_id").GetString()!], Ns(edge.GetProperty("delay_ms").GetDouble()))),
                ],
                json.GetProperty("input_length").GetInt32(), json.GetProperty("output_length").GetInt32(),
                [.. json.GetProperty("hash_ids").EnumerateArray().Select(id => id.GetInt64())]));
        }
        return requests;
    }

    private static string Name(int row) => row.ToString(CultureInfo.InvariantCulture);
}
