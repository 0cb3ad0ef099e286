using Cortex.Policies;

namespace Cortex.Serving;

public enum FactKind : byte
{
    /// <summary>A workflow starts; <see cref="Fact.Tag"/> is the client's handle.</summary>
    WorkflowArrived,

    /// <summary>No further node of the workflow will come.</summary>
    WorkflowEnded,

    /// <summary>A call is ready; <see cref="Fact.Call"/>.</summary>
    CallArrived,

    /// <summary>A tool call is ready; <see cref="Fact.Tag"/> is its handle.</summary>
    ToolArrived,

    /// <summary>A tool that the core started has ended; <see cref="Fact.Tag"/> and <see cref="Fact.Outcome"/>.</summary>
    ToolFinished,

    /// <summary>A tool that the core started gave no result: it ran too long, or could not be run; <see cref="Fact.Tag"/> and <see cref="Fact.Outcome"/>.</summary>
    ToolFailed,

    /// <summary>The oldest step in flight of <see cref="Fact.Worker"/> has ended; <see cref="Fact.Result"/>.</summary>
    StepFinished,

    /// <summary>
    /// The last step of a run of repeated steps has begun, so that the one behind it can be planned; <see cref="Fact.Tag"/> is the number of
    /// its steps. Told only by workers that plan ahead.
    /// </summary>
    LastStepBegun,

    /// <summary>The client gave up the call with handle <see cref="Fact.Tag"/>.</summary>
    Cancelled,
}

/// <summary>Something that happened, stamped with its time. All that the core ever learns comes as facts.</summary>
public readonly record struct Fact
{
    public required FactKind Kind { get; init; }

    /// <summary>Never before an earlier fact's time.</summary>
    public required Instant At { get; init; }

    public int Tag { get; init; }

    /// <summary>How a tool came out, as the client numbers outcomes; 0 is <c>ok</c>.</summary>
    public ushort Outcome { get; init; }

    public WorkerId Worker { get; init; }
    public CallRequest? Call { get; init; }
    public StepResult? Result { get; init; }
}
