using System.IO.Compression;
using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>
/// Loads traces. Formats are told apart by content, gzip included: Mooncake, agentic Mooncake, WEKA sessions and agentflow (JSON lines), Azure
/// 2023 and plain request lists (CSV). Each fault of a file is a <see cref="TraceException"/> of one line.
/// </summary>
public static class TraceFile
{
    private const string Formats =
        "JSON lines of Mooncake (timestamp, input_length, output_length, hash_ids), of agentic Mooncake (schema, version; or request_id, "
        + "wait_for), of WEKA (hash_id_scope, requests) or of agentflow (format, version), or CSV with the columns TIMESTAMP, ContextTokens, "
        + "GeneratedTokens or id, arrived_at, prompt_tokens, output_tokens";

    /// <summary>Loads the trace in a file.</summary>
    /// <exception cref="TraceException">The file is missing, damaged, of an unknown format, or has a fault in one of its lines.</exception>
    public static Workload Load(string path) => Load(TraceSource.OfFile(path));

    /// <summary>Loads a trace from memory.</summary>
    /// <param name="content">The bytes of a file.</param>
    /// <param name="name">The name that faults tell.</param>
    /// <exception cref="TraceException">The bytes are damaged, of an unknown format, or have a fault in one of their lines.</exception>
    public static Workload Load(byte[] content, string name) => Load(new TraceSource(name, () => new MemoryStream(content, writable: false)));

    private static Workload Load(TraceSource source)
    {
        WorkloadBuilder builder = new();
        long line = 0;
        try
        {
            string format = Recognise(source);
            if (format is "azure" or "requests")
            {
                ReadCsv(source, format, builder);
            }
            else
            {
                ReadLines(source, format, builder, ref line);
            }
            return builder.WorkflowCount > 0
                ? builder.Build(Path.GetFileName(source.Name), format, source.Sha256())
                : throw new TraceException(source.Name, 0, "the trace holds no workflow", "at least one");
        }
        catch (Exception e) when (TraceFaults.Of(e, source, line) is { } fault)
        {
            throw fault;
        }
    }

    private static void ReadLines(TraceSource source, string format, WorkloadBuilder builder, ref long line)
    {
        ILineFormat reader = format switch
        {
            "mooncake" => new MooncakeReader(source.Name, builder),
            "agentic-mooncake" => new AgenticMooncakeReader(source.Name, builder),
            "agentic-mooncake-v1" => new AgenticMooncakeV1Reader(source.Name, builder),
            "weka" => new WekaReader(source.Name, builder),
            _ => new AgentflowLines(source.Name, builder),
        };
        using LineReader lines = new(source.Open());
        while (lines.Next(out ReadOnlySpan<byte> text))
        {
            line = lines.Line;
            reader.Read(text, line);
        }
        reader.Finish();
    }

    private static void ReadCsv(TraceSource source, string format, WorkloadBuilder builder)
    {
        using CsvTrace csv = new(source.Name, source.Open(), format == "azure" ? AzureReader.Columns : RequestListReader.Columns);
        if (format == "azure")
        {
            AzureReader.Read(csv, builder);
        }
        else
        {
            RequestListReader.Read(csv, builder);
        }
    }

    private static string Recognise(TraceSource source)
    {
        using LineReader lines = new(source.Open());
        if (!lines.Next(out ReadOnlySpan<byte> first))
        {
            throw new TraceException(source.Name, 0, "the file is empty", Formats);
        }
        string? format = first[0] == '{' ? RecogniseJson(first) : RecogniseCsv(first);
        return format ?? throw new TraceException(source.Name, lines.Line, "the format is not recognised", Formats);
    }

    private static string? RecogniseJson(ReadOnlySpan<byte> line)
    {
        string? format = null;
        try
        {
            Utf8JsonReader json = new(line);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("schema"u8))
                {
                    return "agentic-mooncake";
                }
                if (json.ValueTextEquals("request_id"u8))
                {
                    return "agentic-mooncake-v1";
                }
                format ??= json.ValueTextEquals("hash_ids"u8) || json.ValueTextEquals("input_length"u8) ? "mooncake"
                    : json.ValueTextEquals("hash_id_scope"u8) || json.ValueTextEquals("requests"u8) ? "weka"
                    : json.ValueTextEquals("format"u8) ? "agentflow"
                    : null;
                json.Skip();
            }
        }
        catch (JsonException) when (format is not null)
        {
            // Its reader will tell where.
        }
        return format;
    }

    private static string? RecogniseCsv(ReadOnlySpan<byte> header) =>
        header.IndexOf("ContextTokens"u8) >= 0 && header.IndexOf("GeneratedTokens"u8) >= 0 ? "azure"
        : header.IndexOf("arrived_at"u8) >= 0 && header.IndexOf("prompt_tokens"u8) >= 0 ? "requests"
        : null;
}
