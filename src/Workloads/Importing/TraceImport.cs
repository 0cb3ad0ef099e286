namespace Cortex.Workloads;

/// <summary>
/// A trace of any format that can be read, as agentflow, workflow by workflow. Of formats whose lines are workflows no more than a part is in
/// memory; the others are loaded, since they have to be put in order first.
/// </summary>
public sealed class TraceImport : IDisposable
{
    private const int NodesOfPart = 512;

    private readonly AgentflowReader? reader;
    private readonly PartDocuments? documents;

    private TraceImport(AgentflowReader reader)
    {
        this.reader = reader;
        Header = reader.Header;
        Format = "agentflow";
    }

    private TraceImport(string format, PartDocuments documents)
    {
        this.documents = documents;
        Header = documents.Header;
        Format = format;
    }

    /// <summary>The format it was recognised as, see <see cref="Workload.Format"/>.</summary>
    public string Format { get; }

    /// <summary>The header that it would have as agentflow.</summary>
    public AgentflowHeader Header { get; }

    /// <summary>What reading changed or counted so far, a sentence each; all of it once the last workflow has been taken.</summary>
    public IReadOnlyList<string> Changes => documents?.Changes ?? [];

    /// <summary>What of the source nothing was made of, a phrase each; known once the last workflow has been taken.</summary>
    public IReadOnlyList<string> Lost => documents?.Lost ?? [];

    /// <summary>Opens a trace and reads its first part.</summary>
    /// <param name="path">The file; its format is found from its content, gzip is unpacked.</param>
    /// <param name="options">What to make of choices that the format leaves.</param>
    /// <exception cref="TraceException">The file is missing, damaged, of an unknown format, or has a fault in one of its first lines.</exception>
    public static TraceImport Open(string path, TraceReadingOptions? options = null)
    {
        TraceSource source = TraceSource.OfFile(path);
        TraceReadingOptions reading = options ?? TraceReadingOptions.Default;
        string format = TraceFile.FormatOf(source);
        reading.Demand(format, path);
        if (format == "agentflow")
        {
            return new(AgentflowReader.Open(path));
        }
        WorkloadBuilder builder = new(reading with { KeepDetails = true });
        // Rows of a tick can be spread once all of them are there.
        IEnumerable<WorkloadPart> parts = new TraceSteps(source, format, builder).Parts(reading.SpreadTicks ? int.MaxValue : NodesOfPart);
        return new(format, new(source, format, builder, parts));
    }

    /// <summary>All workflows in the trace's order; to be gone through once.</summary>
    /// <exception cref="TraceException">A line has a fault.</exception>
    public IEnumerable<AgentflowWorkflow> Workflows() => reader?.Rest() ?? documents!.Workflows();

    /// <inheritdoc/>
    public void Dispose()
    {
        reader?.Dispose();
        documents?.Dispose();
    }
}
