using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex run</c>: one policy set at one load, every call written down.</summary>
public static class SingleRun
{
    /// <summary>Plays the workload once, prints a table, and writes <c>calls.csv</c>, <c>results.csv</c> and <c>manifest.json</c>.</summary>
    /// <param name="console">Where the table is shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Stops the run; nothing is written.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(RunOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        throw new NotSupportedException("The run is not connected to the simulator.");
    }
}
