using Cortex.Policies.Registry;

namespace Cortex.Policies.Scheduling;

/// <summary>
/// Smaller priority numbers first, in order of arrival among equals; when memory is short the largest (priority, arrival) gives way.
/// <para>Source: vLLM (<c>--scheduling-policy priority</c>).</para>
/// <para>Serves: the latency of the calls that are declared urgent.</para>
/// <para>Loses: the tail of the others, which may starve; and where all declare the same, it is fcfs with other victims.</para>
/// </summary>
[Policy("priority", "Smaller priority numbers first, in order of arrival among equals.", "vLLM's priority scheduling")]
public sealed class ByPriority : ISchedulingPolicy
{
    public VictimOrder Victims => VictimOrder.LargestKey;

    public long Key(scoped in CallView call, scoped in PolicyContext context) => call.Priority;
}
