namespace Cortex.Sim.Kernel;

/// <summary>
/// Thrown where an interrupted process waits, so that one which does not expect it fails. Costs a microsecond; waits that expect
/// interrupts get them as values by <see cref="Event.OrInterrupt"/>.
/// </summary>
public sealed class InterruptException : Exception
{
    internal InterruptException(object? cause)
        : base(cause is null ? "interrupted" : $"interrupted: {cause}") => Cause = cause;

    /// <summary>What was given to <see cref="Process.Interrupt"/>.</summary>
    public object? Cause { get; }
}
