namespace Cortex.Sim.Kernel;

/// <summary>How a wait ended that an interrupt may end.</summary>
/// <param name="Interrupted">By an interrupt; what was waited for lives on.</param>
/// <param name="Cause">Of the interrupt.</param>
public readonly record struct Wake(bool Interrupted, object? Cause);

/// <summary>How a wait for a value ended that an interrupt may end.</summary>
/// <param name="Interrupted">By an interrupt; what was waited for lives on.</param>
/// <param name="Cause">Of the interrupt.</param>
/// <param name="Value">What was waited for; the default if interrupted.</param>
public readonly record struct Wake<T>(bool Interrupted, object? Cause, T? Value);
