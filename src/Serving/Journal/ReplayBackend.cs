using Cortex.Policies;

namespace Cortex.Serving.Journal;

/// <summary>Carries out nothing: what came of the commands stands in the journal.</summary>
internal sealed class ReplayBackend : IBackend
{
    public void StartStep(WorkerId worker, StepPlan plan)
    {
    }

    public void Respond(in CallRecord record)
    {
    }

    public void StartTool(int tag)
    {
    }
}
