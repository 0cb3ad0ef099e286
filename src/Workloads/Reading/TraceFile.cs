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
        string format = FormatOf(source);
        options.Demand(format, source.Name);
        WorkloadBuilder builder = new(options);
        new TraceSteps(source, format, builder).All();
        return builder.Build(Path.GetFileName(source.Name), format, source.Sha256());
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
}
