namespace Cortex.Workloads;

/// <summary>Checks a trace as a whole. Of agentflow all faults are found, line by line; of other formats the first.</summary>
public static class TraceValidator
{
    /// <summary>Checks the trace in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostFaults">How many faults are kept; those beyond are counted.</param>
    /// <param name="cancellation">Stops between two workflows.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static TraceCheck Check(string path, int mostFaults, CancellationToken cancellation = default)
    {
        try
        {
            using TraceImport import = TraceImport.Open(path);
            return import.Format == "agentflow" ? CheckLines(path, mostFaults, cancellation) : CheckWorkflows(import, cancellation);
        }
        catch (TraceException fault)
        {
            return new("", 0, 0, [fault], 1);
        }
    }

    private static TraceCheck CheckWorkflows(TraceImport import, CancellationToken cancellation)
    {
        int workflows = 0;
        long calls = 0;
        foreach (AgentflowWorkflow workflow in import.Workflows())
        {
            cancellation.ThrowIfCancellationRequested();
            workflows++;
            calls += CallsOf(workflow);
        }
        return new(import.Format, workflows, calls, [], 0);
    }

    private static TraceCheck CheckLines(string path, int mostFaults, CancellationToken cancellation)
    {
        using AgentflowReader reader = AgentflowReader.Open(path);
        HashSet<ulong> ids = [];
        List<TraceException> kept = [], found = [];
        int workflows = 0;
        long calls = 0, faults = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            found.Clear();
            bool more = reader.NextWithFaults(found, out AgentflowWorkflow? workflow);
            if (workflow is not null)
            {
                workflows++;
                calls += CallsOf(workflow);
                if (workflow.Id is string id && !ids.Add(Mix.Of(0, id)))
                {
                    found.Add(new(path, workflow.Line, $"a second workflow '{id}'", "each id once"));
                }
            }
            faults += found.Count;
            kept.AddRange(found.Take(mostFaults - kept.Count));
            if (!more)
            {
                break;
            }
        }
        if (workflows == 0 && faults == 0)
        {
            kept.Add(new(path, 0, "the trace holds no workflow", "at least one"));
            faults = 1;
        }
        return new("agentflow", workflows, calls, kept, faults);
    }

    private static long CallsOf(AgentflowWorkflow workflow) => workflow.Nodes.LongCount(node => node.Kind == NodeKind.Llm);
}

/// <summary>What a check found.</summary>
/// <param name="Format">The format; empty if it was not recognised or the file cannot be read.</param>
/// <param name="Workflows">Workflows that could be read.</param>
/// <param name="Calls">Their calls.</param>
/// <param name="Faults">The first faults, in the order of lines.</param>
/// <param name="FaultCount">How many there are in all.</param>
public sealed record TraceCheck(string Format, int Workflows, long Calls, IReadOnlyList<TraceException> Faults, long FaultCount);
