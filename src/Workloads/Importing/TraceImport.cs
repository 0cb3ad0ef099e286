namespace Cortex.Workloads;

/// <summary>
/// A trace of any format that can be read, as agentflow. An agentflow file is read workflow by workflow; the others are loaded, since most
/// of them have to be put in order first. Workflows are taken one by one.
/// </summary>
public sealed class TraceImport : IDisposable
{
    private readonly AgentflowReader? reader;
    private readonly WorkloadDocuments? documents;

    private TraceImport(AgentflowReader reader)
    {
        this.reader = reader;
        Header = reader.Header;
        Format = "agentflow";
    }

    private TraceImport(Workload workload)
    {
        documents = new(workload);
        Header = documents.Header;
        Format = workload.Format;
        Changes = [.. workload.Notes, .. documents.Changes];
        Lost = [.. workload.Details!.Lost];
    }

    /// <summary>The format it was recognised as, see <see cref="Workload.Format"/>.</summary>
    public string Format { get; }

    /// <summary>The header that it would have as agentflow.</summary>
    public AgentflowHeader Header { get; }

    /// <summary>What reading changed or counted, a sentence each.</summary>
    public IReadOnlyList<string> Changes { get; } = [];

    /// <summary>What of the source nothing was made of, a phrase each.</summary>
    public IReadOnlyList<string> Lost { get; } = [];

    /// <summary>Opens a trace.</summary>
    /// <param name="path">The file; its format is found from its content, gzip is unpacked.</param>
    /// <param name="options">What to make of choices that the format leaves.</param>
    /// <exception cref="TraceException">The file is missing, damaged, of an unknown format, or has a fault in one of its lines.</exception>
    public static TraceImport Open(string path, TraceReadingOptions? options = null)
    {
        TraceSource source = TraceSource.OfFile(path);
        string format = TraceFile.FormatOf(source);
        (options ?? TraceReadingOptions.Default).Demand(format, path);
        return format == "agentflow"
            ? new(AgentflowReader.Open(path))
            : new(TraceFile.Load(source, (options ?? TraceReadingOptions.Default) with { KeepDetails = true }));
    }

    /// <summary>All workflows in the trace's order; to be gone through once.</summary>
    /// <exception cref="TraceException">A line of an agentflow file has a fault.</exception>
    public IEnumerable<AgentflowWorkflow> Workflows() => reader?.Rest() ?? documents!.Workflows();

    /// <inheritdoc/>
    public void Dispose() => reader?.Dispose();
}
