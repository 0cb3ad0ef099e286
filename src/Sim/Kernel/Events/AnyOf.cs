namespace Cortex.Sim.Kernel;

/// <summary>Happens when one of its members has.</summary>
/// <param name="environment">Where.</param>
/// <param name="events">Its members; with none it happens at once.</param>
public sealed class AnyOf(SimEnvironment environment, params IEnumerable<Event> events)
    : Condition(environment, static (_, happened) => happened > 0, events);
