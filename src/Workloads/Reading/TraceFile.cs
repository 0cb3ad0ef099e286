namespace Cortex.Workloads;

/// <summary>
/// Loads traces. Formats are told apart by content, gzip included: Mooncake, agentic Mooncake, Qwen-Bailian, WEKA, ThunderAgent, AgentCGroup,
/// Hexgen-Flow, LLMServingSim and agentflow (JSON lines), Azure, BurstGPT, Vidur and plain request lists (CSV). Each fault of a file is a <see cref="TraceException"/> of one line.
/// </summary>
public static class TraceFile
{
    /// <summary>Loads the trace in a file.</summary>
    /// <exception cref="TraceException">The file is missing, damaged, of an unknown format, or has a fault in one of its lines.</exception>
    public static Workload Load(string path) => Load(path, TraceReadingOptions.Default);

    /// <summary>Loads the trace in a file, with choices.</summary>
    /// <exception cref="TraceException">The file is missing, damaged, of an unknown format, or has a fault in one of its lines.</exception>
    public static Workload Load(string path, TraceReadingOptions options) => Load(TraceSource.OfFile(path), options);

    /// <summary>
    /// Opens the trace in a file to be played: a long agentflow file is gone through once and then read as it is played, so that memory stays
    /// flat however long it is; anything else is loaded. That a play is the same either way is under test.
    /// </summary>
    /// <exception cref="TraceException">The file is missing, damaged, of an unknown format, or has a fault in one of its lines.</exception>
    public static ITrace Open(string path, TraceReadingOptions options)
    {
        TraceSource source = TraceSource.OfFile(path);
        if (source.IsLong && StreamedTrace.Of(path) is { } streamed)
        {
            options.Demand(streamed.Format, path);
            return streamed;
        }
        return Load(source, options);
    }

    /// <summary>Loads a trace from memory.</summary>
    /// <param name="content">The bytes of a file.</param>
    /// <param name="name">The name that faults tell.</param>
    /// <exception cref="TraceException">The bytes are damaged, of an unknown format, or have a fault in one of their lines.</exception>
    public static Workload Load(byte[] content, string name) => Load(content, name, TraceReadingOptions.Default);

    /// <summary>Loads a trace from memory, with choices.</summary>
    /// <param name="content">The bytes of a file.</param>
    /// <param name="name">The name that faults tell.</param>
    /// <param name="options">What to make of choices that the format leaves.</param>
    /// <exception cref="TraceException">The bytes are damaged, of an unknown format, or have a fault in one of their lines.</exception>
    public static Workload Load(byte[] content, string name, TraceReadingOptions options) =>
        Load(new TraceSource(name, () => new MemoryStream(content, writable: false)), options);

    internal static Workload Load(TraceSource source, TraceReadingOptions options)
    {
        WorkloadBuilder builder = new(options);
        long line = 0;
        try
        {
            string format = TraceFormats.Recognise(source);
            options.Demand(format, source.Name);
            if (format is "azure" or "requests" or "vidur" or "burstgpt")
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

    /// <exception cref="TraceException">The file is missing, empty or of an unknown format.</exception>
    internal static string FormatOf(TraceSource source)
    {
        try
        {
            return TraceFormats.Recognise(source);
        }
        catch (Exception e) when (TraceFaults.Of(e, source, 0) is { } fault)
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
            "bailian" => new BailianReader(source.Name, builder),
            "thunderagent" => new ThunderAgentReader(source.Name, builder),
            "agentcgroup" => new AgentCGroupReader(source.Name, builder),
            "hexgen" => new HexgenReader(source.Name, builder),
            "llmservingsim" => new LlmServingSimReader(source.Name, builder),
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
        (string[] names, string[] optional) = format switch
        {
            "azure" => (AzureReader.Columns, Array.Empty<string>()),
            "vidur" => (VidurReader.Columns, [VidurReader.Arrival]),
            "burstgpt" => (BurstGptReader.Columns, BurstGptReader.Optional),
            _ => (RequestListReader.Columns, []),
        };
        using CsvTrace csv = new(source.Name, source.Open(), names, optional);
        switch (format)
        {
            case "azure": AzureReader.Read(csv, builder); break;
            case "vidur": VidurReader.Read(csv, builder); break;
            case "burstgpt": new BurstGptReader(csv, builder).Read(); break;
            default: RequestListReader.Read(csv, builder); break;
        }
    }
}
