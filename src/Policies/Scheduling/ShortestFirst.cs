using Cortex.Policies.Registry;

namespace Cortex.Policies.Scheduling;

/// <summary>
/// Fewest known tokens first, in order of arrival among equals: the key is prompt tokens plus output tokens delivered so far, that is what
/// a call has to prefill on a worker with nothing of it in its cache. The output to come is not known, and what a cache holds is not deducted.
/// When memory is short the latest schedule-in gives way.
/// <para>Source: shortest job first (Smith 1956), with prefill as the part of a job that is known beforehand.</para>
/// <para>Serves: mean TTFT.</para>
/// <para>Loses: the tail, since long prompts wait for ever under overload; and agents with growing contexts, whose last calls are longest.</para>
/// </summary>
[Policy("shortest-first", "Fewest known tokens (prompt and delivered output) first, in order of arrival among equals.", "shortest job first (Smith 1956)")]
public sealed class ShortestFirst : ISchedulingPolicy
{
    public VictimOrder Victims => VictimOrder.YoungestAdmission;

    public long Key(scoped in CallView call, scoped in PolicyContext context) => (long)call.PromptTokens + call.ProducedTokens;
}
