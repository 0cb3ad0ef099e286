using Cortex.Policies;
using Cortex.Serving;
using Cortex.Serving.Decisions;

namespace Cortex.Experiments.Explaining;

/// <summary>Listens to the replay of a journal: what released what is noted before the trail takes it in.</summary>
internal sealed class JournalTrail(RunTrail trail, JournalCauses causes) : IServingObserver, ICoreTap
{
    private readonly ICoreTap tap = trail;

    public void Handling(in Fact fact) => tap.Handling(fact);

    public void Settling(Instant now) => tap.Settling(now);

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks) => trail.Decided(decision, blocks);

    public void WorkflowArrived(int tag, Instant at) => trail.WorkflowArrived(tag, at);

    public void WorkflowEnded(int tag, Instant at) => trail.WorkflowEnded(tag, at);

    public void CallArrived(int tag, Instant at)
    {
        causes.Arrived(tag);
        trail.CallArrived(tag, at);
    }

    public void CallEnded(in CallRecord record)
    {
        causes.Ended(record.Tag);
        trail.CallEnded(record);
    }

    public void ToolStarted(int tag, Instant at)
    {
        causes.Arrived(tag);
        trail.ToolStarted(tag, at);
    }

    public void ToolEnded(int tag, Instant at)
    {
        causes.Ended(tag);
        trail.ToolEnded(tag, at);
    }
}
