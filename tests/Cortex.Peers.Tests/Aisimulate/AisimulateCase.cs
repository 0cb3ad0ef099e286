using System.Globalization;
using Cortex.Testing;

namespace Cortex.Peers.Tests.Aisimulate;

/// <summary>A run with its requests and what became of them.</summary>
/// <param name="Run">Settings.</param>
/// <param name="NativeBlock">Tokens of the block that an id of the input names.</param>
/// <param name="LocalIds">Whether equal ids in different plays are different blocks.</param>
/// <param name="Requests">In order of the input.</param>
/// <param name="Expected">By id.</param>
/// <param name="Workers">Where each request goes, by id; null for round robin.</param>
public sealed record AisimulateCase(
    AisimulateRun Run, int NativeBlock, bool LocalIds, IReadOnlyList<AisimulateRequest> Requests, IReadOnlyList<AisimulateTimes> Expected,
    IReadOnlyList<int>? Workers)
{
    private const string Folder = "peers/aisimulate";

    /// <summary>A recorded run.</summary>
    /// <param name="runs">A <c>runs.json</c>, relative to the shared folder of AISimulate's runs.</param>
    /// <param name="name">Name of one of its runs.</param>
    public static AisimulateCase Read(string runs, string name)
    {
        string path = Path.Combine(Shared.PathOf(Folder), runs);
        AisimulateRun run = AisimulateRun.ReadAll(path).Single(candidate => candidate.Name == name);
        IReadOnlyList<AisimulateRequest> requests = AisimulateInput.Read(Shared.PathOf(run.Input), run, out int nativeBlock);
        AisimulateTimes[] expected = ReadTimes(Path.Combine(Path.GetDirectoryName(path)!, run.Output), requests);
        return new(run, nativeBlock, LocalIds: run.Format == "agentic_mooncake", requests, expected, run.Router switch
        {
            "round_robin" => null,
            "kv_router" => [.. expected.Select(times => times.Worker)],
            _ => throw new NotSupportedException($"{name}: router {run.Router}"),
        });
    }

    private static AisimulateTimes[] ReadTimes(string path, IReadOnlyList<AisimulateRequest> requests)
    {
        string[] lines = [.. Gzip.Lines(path)];
        string[] columns = lines[0].Split(',');
        AisimulateTimes?[] times = new AisimulateTimes?[requests.Count];
        Dictionary<string, int> ids = requests.ToDictionary(request => request.Name, request => request.Id);
        foreach (string line in lines.Skip(1))
        {
            string[] fields = line.Split(',');
            string Of(string column) => fields[Array.IndexOf(columns, column)];
            long Ns(string column) => AisimulateInput.Ns(double.Parse(Of(column), CultureInfo.InvariantCulture));
            int Int(string column) => int.Parse(Of(column), CultureInfo.InvariantCulture);
            bool agentic = columns[0] == "play";
            int id = ids[agentic ? NameOf(Of("play"), Of("request")) : Of("row")];
            times[id] = new(
                Ns(agentic ? "release_ms" : "arrival_ms"), Ns("admit_ms"), Ns("first_token_ms"), Ns("end_ms"), Int("hit_tokens"),
                Int("worker"), Int("admissions"));
        }
        return [.. times.Select(found => found ?? throw new InvalidDataException($"{path}: a request is missing"))];
    }

    /// <summary>Requests of an imported session are recorded as <c>outer:k</c> where the input says <c>SESSION|k</c>.</summary>
    private static string NameOf(string play, string request) =>
        request.StartsWith("outer:", StringComparison.Ordinal) ? $"{play}|{request["outer:".Length..]}" : request;
}
