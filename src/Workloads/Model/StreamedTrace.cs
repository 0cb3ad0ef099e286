using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// An agentflow trace that was gone through once, so that its sums, stages and arrivals are known, and is read again whenever it is played:
/// memory grows with the workflows under way, not with the file.
/// </summary>
public sealed class StreamedTrace : ITrace
{
    /// <summary>A part of about a megabyte.</summary>
    private const int UsualPart = 4096;

    private readonly Func<IEnumerable<WorkloadPart>> parts;

    internal StreamedTrace(Func<IEnumerable<WorkloadPart>> parts) => this.parts = parts;

    /// <inheritdoc/>
    public required string Source { get; init; }

    /// <inheritdoc/>
    public required string Format { get; init; }

    /// <inheritdoc/>
    public required string[] Stages { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyList<StageId> CallStages { get; init; }

    /// <inheritdoc/>
    public required string[] Outcomes { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyList<TraceDatabase> Databases { get; init; }

    /// <inheritdoc/>
    public required bool ClosedByDefault { get; init; }

    /// <inheritdoc/>
    public required bool HasGuards { get; init; }

    /// <inheritdoc/>
    public required bool HasPromises { get; init; }

    /// <inheritdoc/>
    public required string[] Notes { get; init; }

    /// <inheritdoc/>
    public required TraceTotals Totals { get; init; }

    /// <inheritdoc/>
    public required int WorkflowCount { get; init; }

    /// <inheritdoc/>
    public required int NodeCount { get; init; }

    /// <inheritdoc/>
    public required ArrivalSpan Arrivals { get; init; }

    /// <summary>Goes through a file once.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null if it is no agentflow, or several of its workflows are replayed as one: a user takes all of those at once, wherever they stand.</returns>
    /// <exception cref="TraceException">The file has a fault, anywhere.</exception>
    public static StreamedTrace? Of(string path) => Of(TraceSource.OfFile(path), UsualPart);

    /// <summary>As <see cref="Of(string)"/>, from memory.</summary>
    /// <param name="content">The bytes of a file.</param>
    /// <param name="name">The name that faults tell.</param>
    /// <param name="nodesOfPart">So many nodes at least are read at once, to the end of a workflow.</param>
    /// <inheritdoc cref="Of(string)"/>
    public static StreamedTrace? Of(byte[] content, string name, int nodesOfPart) =>
        Of(new TraceSource(name, () => new MemoryStream(content, writable: false)), nodesOfPart);

    private static StreamedTrace? Of(TraceSource source, int nodesOfPart)
    {
        const string Format = "agentflow";
        if (TraceFile.FormatOf(source) != Format)
        {
            return null;
        }
        IEnumerable<WorkloadPart> Parts(WorkloadBuilder builder) => new TraceSteps(source, Format, builder).Parts(nodesOfPart);
        WorkloadBuilder survey = new(TraceReadingOptions.Default);
        foreach (WorkloadPart part in Parts(survey))
        {
            if (survey.HasPlaysOfSeveral)
            {
                return null;
            }
        }
        return survey.Survey(Path.GetFileName(source.Name), Format, () => Parts(new(TraceReadingOptions.Default)));
    }

    IEnumerable<WorkloadPart> ITrace.Parts() => parts();
}
