namespace Cortex.Workloads;

/// <summary>
/// Reads a trace of any format into a builder, a line or row a step. Formats whose lines are workflows add them step by step; others, which
/// have to be put in order first, add all behind the last line. Every fault is a <see cref="TraceException"/>.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="format">See <see cref="Workload.Format"/>.</param>
/// <param name="builder">Where the workflows go.</param>
internal sealed class TraceSteps(TraceSource source, string format, WorkloadBuilder builder)
{
    private long line;

    /// <summary>Reads the whole trace; the builder holds all of it then.</summary>
    /// <exception cref="TraceException">A fault of the file, or no workflow in it.</exception>
    public void All()
    {
        using IEnumerator<bool> steps = Steps().GetEnumerator();
        while (Advance(steps))
        {
        }
        Demand();
    }

    /// <summary>Reads the trace part by part; the builder holds no more than one.</summary>
    /// <param name="nodesOfPart">A part is full once it has as many nodes.</param>
    /// <inheritdoc cref="All"/>
    public IEnumerable<WorkloadPart> Parts(int nodesOfPart)
    {
        using IEnumerator<bool> steps = Steps().GetEnumerator();
        while (Advance(steps))
        {
            if (builder.NodesOfPart >= nodesOfPart)
            {
                yield return builder.TakePart();
            }
        }
        if (builder.NodesOfPart > 0)
        {
            yield return builder.TakePart();
        }
        Demand();
    }

    private void Demand()
    {
        if (builder.WorkflowCount == 0)
        {
            throw new TraceException(source.Name, 0, "the trace holds no workflow", "at least one");
        }
    }

    private bool Advance(IEnumerator<bool> steps)
    {
        try
        {
            return steps.MoveNext();
        }
        catch (Exception e) when (TraceFaults.Of(e, source, line) is { } fault)
        {
            throw fault;
        }
    }

    private IEnumerable<bool> Steps() => format is "azure" or "requests" or "vidur" or "burstgpt" ? Rows() : Lines();

    private IEnumerable<bool> Lines()
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
        while (ReadLine(lines, reader))
        {
            yield return true;
        }
        reader.Finish();
    }

    private bool ReadLine(LineReader lines, ILineFormat reader)
    {
        if (!lines.Next(out ReadOnlySpan<byte> text))
        {
            return false;
        }
        line = lines.Line;
        reader.Read(text, line);
        return true;
    }

    private IEnumerable<bool> Rows()
    {
        (string[] names, string[] optional) = format switch
        {
            "azure" => (AzureReader.Columns, Array.Empty<string>()),
            "vidur" => (VidurReader.Columns, [VidurReader.Arrival]),
            "burstgpt" => (BurstGptReader.Columns, BurstGptReader.Optional),
            _ => (RequestListReader.Columns, []),
        };
        using CsvTrace csv = new(source.Name, source.Open(), names, optional);
        IRowFormat reader = format switch
        {
            "azure" => new AzureReader(csv, builder),
            "vidur" => new VidurReader(csv, builder),
            "burstgpt" => new BurstGptReader(csv, builder),
            _ => new RequestListReader(csv, builder),
        };
        while (csv.Next())
        {
            reader.Read();
            yield return true;
        }
        reader.Finish();
    }
}
