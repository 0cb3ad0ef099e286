using System.Globalization;
using System.Text.Json;

namespace Cortex.Peers.Tests.Vidur;

/// <summary>A run of <c>runs.json</c>: settings of the replica and the files of requests and times, relative to that file.</summary>
public sealed record VidurRun
{
    public required string Name { get; init; }
    public required string Input { get; init; }
    public required string Output { get; init; }

    /// <summary><c>closed-form</c>: the formulas of <c>peers/vidur/README.md</c>.</summary>
    public required string StepTime { get; init; }

    /// <summary><c>sarathi</c>: chunked prefill.</summary>
    public required string Scheduler { get; init; }

    public required int Layers { get; init; }
    public required int BlockSize { get; init; }
    public required int NumBlocks { get; init; }
    public required int WatermarkBlocks { get; init; }

    /// <summary>Requests that may hold blocks at once.</summary>
    public required int BatchSizeCap { get; init; }

    /// <summary>Token budget of a step.</summary>
    public required int ChunkSize { get; init; }

    /// <summary>All runs of a <c>runs.json</c>.</summary>
    public static IReadOnlyList<VidurRun> ReadAll(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonSerializerOptions options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        return document.RootElement.GetProperty("runs").Deserialize<VidurRun[]>(options)!;
    }

    /// <summary>The requests of the run, in order of arrival, then of id.</summary>
    /// <param name="folder">Where <c>runs.json</c> lies.</param>
    public IReadOnlyList<VidurRequest> Requests(string folder) =>
    [
        .. VidurCsv.Rows(Path.Combine(folder, Input))
            .Select(row => new VidurRequest(
                int.Parse(row["id"], CultureInfo.InvariantCulture),
                double.Parse(row["arrived_at"], CultureInfo.InvariantCulture),
                int.Parse(row["prompt_tokens"], CultureInfo.InvariantCulture),
                int.Parse(row["output_tokens"], CultureInfo.InvariantCulture)))
            .OrderBy(request => request.ArrivedAt).ThenBy(request => request.Id),
    ];

    /// <summary>What Vidur recorded, by id.</summary>
    /// <param name="folder">Where <c>runs.json</c> lies.</param>
    public IReadOnlyDictionary<int, VidurTimes> Times(string folder) =>
        VidurCsv.Rows(Path.Combine(folder, Output)).ToDictionary(
            row => int.Parse(row["id"], CultureInfo.InvariantCulture),
            row => new VidurTimes(
                double.Parse(row["first_token_at"], CultureInfo.InvariantCulture),
                double.Parse(row["completed_at"], CultureInfo.InvariantCulture),
                int.Parse(row["restarts"], CultureInfo.InvariantCulture)));
}

/// <summary>A request; the time is in seconds from the start.</summary>
public sealed record VidurRequest(int Id, double ArrivedAt, int PromptTokens, int OutputTokens);

/// <summary>Times of a request in seconds from the start, and how often it was preempted.</summary>
public readonly record struct VidurTimes(double FirstTokenAt, double CompletedAt, int Restarts);
