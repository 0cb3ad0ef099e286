using Cortex.Experiments.Report;
using Cortex.Workloads;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex trace validate</c>: all faults of a trace, a line each, or that there is none.</summary>
public static class TraceValidation
{
    private const int MostFaults = 50;

    /// <param name="file">The trace.</param>
    /// <param name="console">Where the result is told.</param>
    /// <param name="errors">Where faults are told.</param>
    /// <param name="cancellation">Stops the command.</param>
    /// <returns><see cref="ExitCode.Ok"/>, or <see cref="ExitCode.BadInput"/> if there are faults.</returns>
    public static int Run(string file, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () =>
        {
            TraceCheck check = TraceValidator.Check(file, MostFaults, cancellation);
            foreach (TraceException fault in check.Faults)
            {
                errors.WriteLine($"error: {fault.Message}");
            }
            if (check.FaultCount > check.Faults.Count)
            {
                errors.WriteLine($"error: {file}: {ValueText.Count(check.FaultCount - check.Faults.Count)} faults more");
            }
            if (check.FaultCount > 0)
            {
                return ExitCode.BadInput;
            }
            console.WriteLine($"{file}: {check.Format}, {ValueText.Count(check.Workflows)} workflows, {ValueText.Count(check.Calls)} calls, no fault");
            return ExitCode.Ok;
        });
}
