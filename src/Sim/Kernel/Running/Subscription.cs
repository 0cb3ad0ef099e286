namespace Cortex.Sim.Kernel;

/// <summary>The cause of the interrupt that tells a process of an event to which it has subscribed.</summary>
/// <param name="Event">The event.</param>
/// <param name="Value">What it carries; its failure if it failed.</param>
public sealed record Subscription(Event Event, object? Value);
