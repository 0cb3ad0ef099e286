using System.Text.Json;

namespace Cortex.Peers.Tests.Aisimulate;

/// <summary>A run of AISimulate's <c>runs.json</c>.</summary>
public sealed record AisimulateRun
{
    public required string Name { get; init; }

    /// <summary>Times of every request, relative to the folder of <c>runs.json</c>.</summary>
    public required string Output { get; init; }

    /// <summary>Relative to the folder that holds <c>peers/</c> and <c>traces/</c>.</summary>
    public required string Input { get; init; }

    /// <summary><c>mooncake</c>, <c>request-list</c> or <c>agentic_mooncake</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Only the first so many rows of the input; null for all.</summary>
    public int? Rows { get; init; }

    public required int Workers { get; init; }

    /// <summary><c>round_robin</c>, or <c>kv_router</c>: then each request goes where it was recorded to have gone.</summary>
    public required string Router { get; init; }

    public required AisimulateTiming Timing { get; init; }
    public required int BlockSize { get; init; }
    public required int BlocksPerWorker { get; init; }
    public required int MaxNumBatchedTokens { get; init; }
    public required int MaxNumSeqs { get; init; }

    /// <summary>All runs of a <c>runs.json</c>.</summary>
    public static IReadOnlyList<AisimulateRun> ReadAll(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonSerializerOptions options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        return document.RootElement.GetProperty("runs").Deserialize<AisimulateRun[]>(options)!;
    }
}

/// <param name="Type"><c>fixed</c> or <c>polynomial</c>.</param>
/// <param name="PrefillMs">Of a fixed step.</param>
/// <param name="DecodeMs">Of a fixed step.</param>
public sealed record AisimulateTiming(string Type, double PrefillMs = 0, double DecodeMs = 0);
