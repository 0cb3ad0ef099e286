using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>The cause of the interrupt that tells a process it has lost its slot.</summary>
/// <param name="By">Who took it; null if it was no process.</param>
/// <param name="UsageSince">Since when the victim had it.</param>
/// <param name="Resource">Of the slot.</param>
public sealed record Preempted(Process? By, Instant UsageSince, Resource Resource);
