namespace Cortex.Workloads;

/// <summary>
/// Reads an agentflow trace workflow by workflow, with all fields, and holds no more than one of them, so that memory stays flat however
/// long the file is. Gzip is unpacked.
/// </summary>
public sealed class AgentflowReader : IDisposable
{
    private readonly TraceSource source;
    private readonly LineReader lines;
    private readonly AgentflowWorkflowParser parser = new();
    private readonly AgentflowChecks checks;
    private readonly KeysOnce keys = new();

    private AgentflowReader(TraceSource source)
    {
        this.source = source;
        try
        {
            lines = new(source.Open());
        }
        catch (Exception e) when (TraceFaults.Of(e, source, 0) is { } fault)
        {
            throw fault;
        }
        try
        {
            Header = Guarded((ref JsonCursor json) => AgentflowHeaderParser.Read(ref json))
                ?? throw new TraceException(source.Name, 0, "the file is empty", "an agentflow trace, its first line {\"format\":\"agentflow\",\"version\":1,…}");
        }
        catch
        {
            lines.Dispose();
            throw;
        }
        checks = new(source.Name, Header);
    }

    private delegate T Parse<T>(ref JsonCursor json);

    /// <summary>What holds for all workflows.</summary>
    public AgentflowHeader Header { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="TraceException">It is missing, damaged or no agentflow trace.</exception>
    public static AgentflowReader Open(string path) => new(TraceSource.OfFile(path));

    /// <summary>Reads from memory; faults tell <paramref name="name"/> as the file.</summary>
    /// <exception cref="TraceException">It is damaged or no agentflow trace.</exception>
    public static AgentflowReader Open(byte[] content, string name) => new(new TraceSource(name, () => new MemoryStream(content, writable: false)));

    /// <summary>The next workflow; null behind the last.</summary>
    /// <exception cref="TraceException">A fault of its line.</exception>
    public AgentflowWorkflow? Next() => Guarded((ref JsonCursor json) =>
    {
        AgentflowWorkflow workflow = parser.Read(ref json);
        checks.Demand(workflow);
        return workflow;
    });

    /// <summary>The workflows that are left, one by one.</summary>
    public IEnumerable<AgentflowWorkflow> Rest()
    {
        while (Next() is { } workflow)
        {
            yield return workflow;
        }
    }

    /// <summary>
    /// Reads the next line and adds all its faults to a list, so that a check can go on behind them. False at the end. After a fault of the
    /// file itself, such as damaged gzip data, nothing more can be read.
    /// </summary>
    /// <param name="faults">Where to.</param>
    /// <param name="workflow">What was read, faulty or not; null if the line could not be read.</param>
    public bool NextWithFaults(List<TraceException> faults, out AgentflowWorkflow? workflow)
    {
        workflow = null;
        long before = lines.Line;
        try
        {
            workflow = Guarded((ref JsonCursor json) => parser.Read(ref json));
            if (workflow is not null)
            {
                faults.AddRange(checks.FaultsOf(workflow));
            }
            return workflow is not null;
        }
        catch (TraceException fault)
        {
            faults.Add(fault);
            return lines.Line > before && !TraceFaults.IsOfFile(fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    private T? Guarded<T>(Parse<T> parse)
        where T : class
    {
        try
        {
            if (!lines.Next(out ReadOnlySpan<byte> line))
            {
                return null;
            }
            JsonCursor json = new(source.Name, lines.Line, line, keys);
            return parse(ref json);
        }
        catch (Exception e) when (TraceFaults.Of(e, source, lines.Line) is { } fault)
        {
            throw fault;
        }
    }
}
