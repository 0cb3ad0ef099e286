using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// A trace that can be played: what is known of it as a whole, and its workflows, part by part. Either all of it is in memory
/// (<see cref="Workload"/>), or it is read as the play goes on (<see cref="StreamedTrace"/>); a play is the same to the last event.
/// </summary>
public interface ITrace
{
    /// <summary>The name of the file it was read from, without folders.</summary>
    string Source { get; }

    /// <inheritdoc cref="Workload.Format"/>
    string Format { get; }

    /// <summary>Names of the nodes' roles; <see cref="StageId"/> is the index.</summary>
    string[] Stages { get; }

    /// <summary>The stages that call a model, in ascending order.</summary>
    IReadOnlyList<StageId> CallStages { get; }

    /// <inheritdoc cref="Workload.Outcomes"/>
    string[] Outcomes { get; }

    /// <inheritdoc cref="Workload.Databases"/>
    IReadOnlyList<TraceDatabase> Databases { get; }

    /// <inheritdoc cref="Workload.ClosedByDefault"/>
    bool ClosedByDefault { get; }

    /// <summary>True if some nodes run only if others come out in a certain way.</summary>
    bool HasGuards { get; }

    /// <summary>True if it promises times (<c>slo</c>) for some workflows or nodes.</summary>
    bool HasPromises { get; }

    /// <inheritdoc cref="Workload.Notes"/>
    string[] Notes { get; }

    /// <summary>Sums over all calls.</summary>
    TraceTotals Totals { get; }

    /// <summary>Number of workflows.</summary>
    int WorkflowCount { get; }

    /// <summary>Number of nodes of all kinds.</summary>
    int NodeCount { get; }

    /// <summary>When workflows arrive.</summary>
    ArrivalSpan Arrivals { get; }

    /// <summary>The workflows in the file's order, in parts; from the start for each who asks. Each part is held by who took it alone.</summary>
    internal IEnumerable<WorkloadPart> Parts();
}

/// <summary>When the workflows of a trace arrive.</summary>
/// <param name="First">Arrival of the first workflow.</param>
/// <param name="Last">Arrival of the last one.</param>
/// <param name="LastId">Its name.</param>
/// <param name="Without">Name of the first workflow of which the trace does not say when it arrives; null if it says so of all.</param>
public readonly record struct ArrivalSpan(Instant First, Instant Last, string LastId, string? Without)
{
    /// <summary>The span with another workflow behind it.</summary>
    internal ArrivalSpan With(in Workflow workflow)
    {
        if (workflow.Arrival is not { } arrival)
        {
            return this with { Without = Without ?? workflow.Id };
        }
        bool first = LastId is null;
        return new(first ? arrival : First, first || arrival > Last ? arrival : Last, first || arrival > Last ? workflow.Id : LastId!, Without);
    }
}
