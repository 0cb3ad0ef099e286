using Cortex.Sim.Kernel;

namespace Cortex.Sim.Tests.Kernel.SimPy.Programs;

/// <summary>PreemptiveResource: who is thrown off, how much work is left, and work resumed later.</summary>
internal sealed class Preemption : SimPyProgram
{
    protected override void Model()
    {
        PreemptiveResource machine = new(Env, Given.Count("capacity"));
        foreach (var job in Given["jobs"].EnumerateObject())
        {
            Env.Process(
                Job(
                    job.Name, job.Value.GetProperty("arrives").GetInt64(), job.Value.GetProperty("work").GetInt64(),
                    job.Value.GetProperty("priority").GetInt32(), job.Value.GetProperty("preempt").GetBoolean(), machine),
                job.Name);
        }
        Env.Run();
        Log("main", "finished");
    }

    private async Process Job(string name, long arrives, long left, int priority, bool preempt, PreemptiveResource machine)
    {
        await Delay(arrives);
        while (left > 0)
        {
            using Request request = machine.Request(priority, preempt);
            Log(name, "asks", left);
            await request;
            Log(name, "runs", left);
            if (await Delay(left).OrInterrupt() is { Cause: Preempted cause })
            {
                left -= Now - cause.UsageSince.Ns;
                Log(name, "preempted", $"by={cause.By!.Name} since={cause.UsageSince.Ns} left={left}");
            }
            else
            {
                left = 0;
            }
        }
        Log(name, "done");
    }
}
