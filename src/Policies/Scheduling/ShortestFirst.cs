using Cortex.Policies.Registry;

namespace Cortex.Policies.Scheduling;

/// <summary>
/// Fewest prompt tokens first, in order of arrival among equals: what a call has to prefill on a worker with nothing of it in its cache.
/// The output to come is not known, what a cache holds is not deducted, and a preempted call keeps its key. When memory is short the latest
/// schedule-in gives way.
/// <para>Source: shortest job first (Smith 1956), with prefill as the part of a job that is known beforehand.</para>
/// <para>Serves: mean TTFT.</para>
/// <para>Loses: the tail, since long prompts wait for ever under overload; and agents with growing contexts, whose last calls are longest.</para>
/// </summary>
[Policy("shortest-first", "Fewest prompt tokens first, in order of arrival among equals.", "shortest job first (Smith 1956)")]
public sealed class ShortestFirst : ISchedulingPolicy
{
    public VictimOrder Victims => VictimOrder.YoungestAdmission;

    public long Key(scoped in CallView call, scoped in PolicyContext context) => call.PromptTokens;
}
