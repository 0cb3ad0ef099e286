using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Tells formats apart by the first line.</summary>
internal static class TraceFormats
{
    private const string Known =
        "JSON lines of Mooncake (timestamp, input_length, output_length, hash_ids), of agentic Mooncake (schema, version; or request_id, wait_for), "
        + "of Qwen-Bailian (chat_id, parent_chat_id), of WEKA (hash_id_scope, requests), of ThunderAgent (concurrency, steps), of AgentCGroup (task, calls), "
        + "of Hexgen-Flow (query, calls), of LLMServingSim (input_toks or sub_requests) or of agentflow (format, version), or CSV with the columns TIMESTAMP, "
        + "ContextTokens, GeneratedTokens (Azure), Timestamp, Request tokens, Response tokens (BurstGPT), num_prefill_tokens, num_decode_tokens (Vidur) or id, "
        + "arrived_at, prompt_tokens, output_tokens";

    /// <summary>Keys that only one format has in its first line, in the order in which they count.</summary>
    private static readonly (string Key, string Format)[] Signs =
    [
        ("schema", "agentic-mooncake"), ("chat_id", "bailian"), ("request_id", "agentic-mooncake-v1"), ("sub_requests", "llmservingsim"), ("input_toks", "llmservingsim"),
        ("steps", "thunderagent"), ("sandbox", "agentcgroup"), ("query", "hexgen"), ("hash_ids", "mooncake"), ("input_length", "mooncake"),
        ("hash_id_scope", "weka"), ("requests", "weka"), ("format", "agentflow"),
    ];

    /// <exception cref="TraceException">The file is empty or none of the formats.</exception>
    public static string Recognise(TraceSource source)
    {
        using LineReader lines = new(source.Open());
        if (!lines.Next(out ReadOnlySpan<byte> first))
        {
            throw new TraceException(source.Name, 0, "the file is empty", Known);
        }
        string? format = first[0] == '{' ? OfJson(first) : OfCsv(first);
        return format ?? throw new TraceException(source.Name, lines.Line, "the format is not recognised", Known);
    }

    private static string? OfJson(ReadOnlySpan<byte> line)
    {
        int best = Signs.Length;
        try
        {
            Utf8JsonReader json = new(line);
            json.Read();
            while (best > 0 && json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                for (int i = 0; i < best; i++)
                {
                    best = json.ValueTextEquals(Signs[i].Key) ? i : best;
                }
                json.Skip();
            }
        }
        catch (JsonException) when (best < Signs.Length)
        {
            // Its reader will tell where.
        }
        return best < Signs.Length ? Signs[best].Format : null;
    }

    private static string? OfCsv(ReadOnlySpan<byte> header) =>
        header.IndexOf("ContextTokens"u8) >= 0 && header.IndexOf("GeneratedTokens"u8) >= 0 ? "azure"
        : header.IndexOf("arrived_at"u8) >= 0 && header.IndexOf("prompt_tokens"u8) >= 0 ? "requests"
        : header.IndexOf("Request tokens"u8) >= 0 && header.IndexOf("Response tokens"u8) >= 0 ? "burstgpt"
        : header.IndexOf("num_prefill_tokens"u8) >= 0 && header.IndexOf("num_decode_tokens"u8) >= 0 ? "vidur"
        : null;
}
