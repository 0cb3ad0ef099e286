using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// The commands of the core. A backend carries them out, in virtual or in real time, and posts what came of them as facts; it never calls
/// back into the core from inside a command. One that takes steps one by one is never asked about runs of them.
/// </summary>
public interface IBackend
{
    /// <summary>Run <paramref name="plan"/> after the steps that are already in flight. The plan stays valid until its result was handled.</summary>
    void StartStep(WorkerId worker, StepPlan plan);

    /// <summary>Something came up that the next step to be planned must take into account: end the run of repeated steps before it.</summary>
    void CutRun(WorkerId worker) => throw new InvalidOperationException("no step is repeated");

    /// <summary>How far the run that the worker has in flight has come. Asked when something is about to look closely at the worker.</summary>
    RunProgress RunSoFar(WorkerId worker) => throw new InvalidOperationException("no step is repeated");

    /// <summary>The call has ended, in whatever state; <paramref name="record"/> tells all.</summary>
    void Respond(in CallRecord record);

    /// <summary>Start the tool with this handle; answered by <see cref="FactKind.ToolFinished"/> or <see cref="FactKind.ToolFailed"/>.</summary>
    void StartTool(int tag);
}

/// <summary>How far a run of repeated steps has come.</summary>
/// <param name="Started">Steps that would have been planned by now if each were planned by itself, at least 1.</param>
/// <param name="Ended">Steps ended.</param>
public readonly record struct RunProgress(int Started, int Ended)
{
    /// <summary>Of a run that has just been planned.</summary>
    public static readonly RunProgress Start = new(Started: 1, Ended: 0);
}
