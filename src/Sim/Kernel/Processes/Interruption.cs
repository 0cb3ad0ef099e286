namespace Cortex.Sim.Kernel;

/// <summary>An interrupt on its way: urgent, and dropped if the process has ended when it arrives.</summary>
internal sealed class Interruption(Process process, object? cause) : Schedulable
{
    public object? Cause => cause;

    public Process Process => process;

    internal override void Fire()
    {
        if (process.IsAlive)
        {
            process.Deliver(this);
        }
    }
}
