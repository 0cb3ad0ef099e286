namespace Cortex.Sim.Kernel;

/// <summary>Slots for which processes queue by priority, smaller first; then by time of asking. Takes nothing away.</summary>
/// <inheritdoc cref="Resource(SimEnvironment, int)"/>
public class PriorityResource(SimEnvironment environment, int capacity = 1) : Resource(environment, capacity)
{
    /// <summary>Asks for a slot.</summary>
    /// <param name="priority">Smaller is served first.</param>
    /// <param name="preempt">May take a slot away from somebody behind it, where the resource is preemptive.</param>
    public Request Request(double priority = 0, bool preempt = true) => EnterNew(priority, preempt);

    /// <summary>Asks for a slot, to be awaited at once: gives a lease, allocates nothing, and an interrupt withdraws it.</summary>
    /// <inheritdoc cref="Request(double, bool)"/>
    public Acquisition Acquire(double priority = 0, bool preempt = true) => AcquireWith(priority, preempt);

    private protected sealed override void Join(Request request)
    {
        Event? before = RequestLine.Last;
        while (before is not null && ((Request)before).IsBehind(request))
        {
            before = before.LinePrevious;
        }
        RequestLine.InsertBehind(before, request);
    }
}
