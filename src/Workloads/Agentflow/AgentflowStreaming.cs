namespace Cortex.Workloads;

/// <summary>Agentflow read part by part: so many workflows at a time as have a number of nodes between them.</summary>
/// <param name="source">The file.</param>
/// <param name="nodesOfPart">A part is full once it has as many.</param>
internal sealed class AgentflowStreaming(TraceSource source, int nodesOfPart)
{
    /// <summary>
    /// Goes through the file once. Null if it cannot be played as it is read, since several of its workflows are replayed as one: a user takes
    /// all of those at once, wherever they stand.
    /// </summary>
    /// <exception cref="TraceException">The file has a fault, anywhere.</exception>
    public StreamedTrace? Survey()
    {
        WorkloadBuilder builder = new(TraceReadingOptions.Default);
        foreach (WorkloadPart part in Parts(builder))
        {
            if (builder.HasPlaysOfSeveral)
            {
                return null;
            }
        }
        return builder.WorkflowCount > 0
            ? builder.Survey(Path.GetFileName(source.Name), "agentflow", () => Parts(new(TraceReadingOptions.Default)))
            : throw new TraceException(source.Name, 0, "the trace holds no workflow", "at least one");
    }

    private IEnumerable<WorkloadPart> Parts(WorkloadBuilder builder)
    {
        using LineReader lines = Guarded(0, () => new LineReader(source.Open()));
        AgentflowLines reader = new(source.Name, builder);
        while (Guarded(lines.Line, () => ReadPart(lines, reader, builder)))
        {
            yield return builder.TakePart();
        }
    }

    /// <returns>False if there is nothing more to read.</returns>
    private bool ReadPart(LineReader lines, AgentflowLines reader, WorkloadBuilder builder)
    {
        while (builder.NodesOfPart < nodesOfPart)
        {
            if (!lines.Next(out ReadOnlySpan<byte> line))
            {
                reader.Finish();
                return builder.NodesOfPart > 0;
            }
            try
            {
                reader.Read(line, lines.Line);
            }
            catch (Exception e) when (TraceFaults.Of(e, source, lines.Line) is { } fault)
            {
                throw fault;
            }
        }
        return true;
    }

    private T Guarded<T>(long line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (TraceFaults.Of(e, source, line) is { } fault)
        {
            throw fault;
        }
    }
}
