using Cortex.Policies.Registry;

namespace Cortex.Policies.Scheduling;

/// <summary>
/// First come, first served: the key is the arrival number; when memory is short the latest schedule-in gives way.
/// <para>Source: the default of vLLM (<c>--scheduling-policy fcfs</c>).</para>
/// <para>Serves: fairness by arrival, and the worst waiting time.</para>
/// <para>Loses: mean latency, where short calls stand behind long ones; workflow time, since a workflow's last call waits like a first.</para>
/// </summary>
[Policy("fcfs", "In order of arrival.", "vLLM's default")]
public sealed class Fcfs : ISchedulingPolicy
{
    public VictimOrder Victims => VictimOrder.YoungestAdmission;

    public long Key(scoped in CallView call, scoped in PolicyContext context) => call.ArrivalNumber;
}
