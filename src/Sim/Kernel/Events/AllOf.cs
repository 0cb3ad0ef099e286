namespace Cortex.Sim.Kernel;

/// <summary>Happens when all of its members have.</summary>
/// <param name="environment">Where.</param>
/// <param name="events">Its members; none are all there at once.</param>
public sealed class AllOf(SimEnvironment environment, params IEnumerable<Event> events)
    : Condition(environment, static (members, happened) => happened == members.Count, events);
