using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// The commands of the core. A backend carries them out, in virtual or in real time, and posts what came of them as facts; it never calls
/// back into the core from inside a command.
/// </summary>
public interface IBackend
{
    /// <summary>Run <paramref name="plan"/> after the steps that are already in flight. The plan stays valid until its result was handled.</summary>
    void StartStep(WorkerId worker, StepPlan plan);

    /// <summary>Something came up that the next step must take into account: end the run of repeated steps with the one in progress.</summary>
    void CutRun(WorkerId worker);

    /// <summary>
    /// How many steps of the run that the worker has in flight have been started by now, and how many of them have ended. Asked when
    /// something is about to look closely at the worker. 1 and 0 where steps are never repeated.
    /// </summary>
    RunProgress RunSoFar(WorkerId worker);

    /// <summary>The call has ended, in whatever state; <paramref name="record"/> tells all.</summary>
    void Respond(in CallRecord record);

    /// <summary>Start the tool with this handle; answered by <see cref="FactKind.ToolFinished"/>.</summary>
    void StartTool(int tag);
}

/// <summary>How far a run of repeated steps has come.</summary>
/// <param name="Started">Steps started, at least 1.</param>
/// <param name="Ended">Steps ended: all of the started, or all but the one in progress.</param>
public readonly record struct RunProgress(int Started, int Ended);
