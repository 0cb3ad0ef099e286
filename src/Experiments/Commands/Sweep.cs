using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex sweep</c>: every policy set at every point of the axes, repeated, compared and drawn.</summary>
public static class Sweep
{
    /// <summary>Runs a sweep to its end.</summary>
    /// <param name="console">Where progress, table and errors are shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Ends the sweep after the last whole cell.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(SweepOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        throw new NotSupportedException("The sweep is not connected to the simulator.");
    }
}
