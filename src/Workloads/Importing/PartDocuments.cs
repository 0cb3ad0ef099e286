using System.Globalization;

namespace Cortex.Workloads;

/// <summary>
/// Makes agentflow of a trace part by part. The header comes before the first workflow, so the first part is read for it; what workflows
/// share is known by then: if there is one part alone it shows there, else the reader has told.
/// </summary>
internal sealed class PartDocuments : IDisposable
{
    private readonly WorkloadBuilder builder;
    private readonly IEnumerator<WorkloadPart> parts;
    private readonly SortedDictionary<int, string> shared = [];
    private readonly WorkloadPart head;
    private bool more;
    private int recordedStarts;

    /// <exception cref="TraceException">A fault in the first lines.</exception>
    public PartDocuments(TraceSource source, string format, WorkloadBuilder builder, IEnumerable<WorkloadPart> from)
    {
        this.builder = builder;
        parts = from.GetEnumerator();
        parts.MoveNext();
        head = parts.Current;
        more = parts.MoveNext();
        IEnumerable<int> streams = more ? builder.SharedStreams : WorkloadStreamNames.SharedIn(head).Concat(builder.StreamNames.Keys).Order().Distinct();
        foreach (int stream in streams)
        {
            shared.Add(stream, builder.StreamNames.GetValueOrDefault(stream) ?? string.Create(CultureInfo.InvariantCulture, $"x:{shared.Count}"));
        }
        Header = new()
        {
            Closed = builder.ClosedByDefault,
            Source = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(source.Name)} ({format}, SHA-256 {source.Sha256()})"),
            NativeBlock = builder.NativeBlock,
            Streams = [.. shared.Values.Select(name => new AgentflowStream(name))],
            Programs = builder.Programs,
            Databases = builder.Databases,
        };
    }

    public AgentflowHeader Header { get; }

    /// <summary>What was changed, a sentence each.</summary>
    public IReadOnlyList<string> Changes => recordedStarts == 0 ? builder.Notes : [.. builder.Notes, $"recorded starts, each a pause of 0 after a delay: {recordedStarts}"];

    /// <summary>What nothing was made of.</summary>
    public IReadOnlyList<string> Lost => builder.Lost;

    public IEnumerable<AgentflowWorkflow> Workflows()
    {
        for (WorkloadPart? part = head; part is not null; part = Next())
        {
            foreach ((int stream, string name) in builder.StreamNames)
            {
                shared.TryAdd(stream, name);
            }
            WorkloadDocuments documents = new(part, builder, new(part, shared, builder.ChainedBlocks), index => part.WorkflowOf(index).Id);
            foreach (AgentflowWorkflow workflow in documents.Workflows())
            {
                yield return workflow;
            }
            recordedStarts += documents.RecordedStarts;
        }
        builder.NoteZeros();
    }

    public void Dispose() => parts.Dispose();

    /// <summary>One part is read ahead, since the header has to know whether there is one.</summary>
    private WorkloadPart? Next()
    {
        if (!more)
        {
            return null;
        }
        WorkloadPart part = parts.Current;
        more = parts.MoveNext();
        return part;
    }
}
