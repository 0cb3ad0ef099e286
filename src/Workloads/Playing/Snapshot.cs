namespace Cortex.Workloads;

/// <summary>
/// What has happened before a run begins. Of each user's first play the nodes before a cut are over, in the order of the file and as the
/// trace says. Where caches are primed, the last call before each cut is sent nonetheless, and nothing else starts until all of these have
/// ended: the barrier.
/// </summary>
internal sealed class Snapshot(SnapshotOptions options)
{
    /// <summary>By workflow that has not arrived yet: how many of its nodes are over.</summary>
    private readonly Dictionary<int, int> cuts = [];

    /// <summary>Calls that prime caches and have not ended yet.</summary>
    private readonly HashSet<int> primers = [];

    /// <summary>Workflows of which it is not known yet which call primes for them.</summary>
    private int unknown;

    /// <summary>What is ready and waits for the barrier, in the order in which it got ready.</summary>
    public List<(PlayedPart Part, int Tag)> Held { get; } = [];

    /// <summary>Nothing has to wait any more.</summary>
    public bool IsOpen => unknown == 0 && primers.Count == 0;

    /// <summary>Draws where a user comes in.</summary>
    /// <param name="play">Indices of its workflows, in the file's order.</param>
    /// <param name="parts">Knows them.</param>
    /// <returns>How many of them are wholly over.</returns>
    public int Cut(ReadOnlySpan<int> play, PlayedParts parts)
    {
        long nodes = 0;
        foreach (int workflow in play)
        {
            nodes += NodesOf(workflow, parts);
        }
        long left = (long)(nodes * (options.From + (options.To - options.From) * options.Chance.NextDouble()));
        int over = 0;
        while (left > 0 && left >= NodesOf(play[over], parts))
        {
            left -= NodesOf(play[over++], parts);
        }
        if (left > 0)
        {
            cuts.Add(play[over], (int)left);
            unknown += options.Primed ? 1 : 0;
        }
        return over;
    }

    /// <summary>The workflow arrives, and what lies before its cut is over.</summary>
    public SnapshotStart Begin(PlayedPart played, in Workflow workflow)
    {
        cuts.Remove(workflow.Index, out int over);
        int primer = -1;
        long recorded = 0;
        for (int tag = workflow.FirstNode; tag < workflow.FirstNode + over; tag++)
        {
            bool ran = played.Progress.Assume(tag);
            primer = ran && played.Part.NodeOf(tag).Kind == NodeKind.Llm ? tag : primer;
            recorded = Math.Max(recorded, played.Part.NotBeforeNs(tag) ?? 0);
            played.OpenNodesOf(workflow.Index) -= played.Part.IsBackground(tag) ? 0 : 1;
        }
        if (!options.Primed || over == 0)
        {
            return new(over, -1, recorded);
        }
        unknown--;
        if (primer >= 0)
        {
            primers.Add(primer);
            played.Progress.Undo(primer);
            played.OpenNodesOf(workflow.Index) += played.Part.IsBackground(primer) ? 0 : 1;
        }
        return new(over, primer, recorded);
    }

    /// <summary>A node has ended.</summary>
    public void Ended(int tag) => primers.Remove(tag);

    private static int NodesOf(int workflow, PlayedParts parts) => parts.OfWorkflow(workflow).Part.WorkflowOf(workflow).NodeCount;
}

/// <summary>How a workflow begins.</summary>
/// <param name="Over">How many of its nodes are over.</param>
/// <param name="Primer">Of them, the call that is sent to prime caches; −1 for none.</param>
/// <param name="RecordedNs">When the last of them started, as recorded, from the start of the workflow.</param>
internal readonly record struct SnapshotStart(int Over, int Primer, long RecordedNs)
{
    /// <summary>At its beginning.</summary>
    public static SnapshotStart AtBeginning => new(0, -1, 0);
}
