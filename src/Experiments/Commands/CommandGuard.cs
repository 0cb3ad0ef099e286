using Cortex.CostModels;
using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Runtime.Models;
using Cortex.Serving.Journal;
using Cortex.Workloads;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>Turns what users can do wrong in a command into one line and an exit code. Faults of the program itself pass through.</summary>
internal static class CommandGuard
{
    // Where nobody looks at a screen, lines are not to be broken.
    private const int WidthWithoutTerminal = 10_000;

    public static int Run(IAnsiConsole console, TextWriter errors, CancellationToken cancellation, Func<int> command)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }
        return Run(errors, "interrupted; what was finished is kept", cancellation, command);
    }

    public static int Run(TextWriter errors, string interrupted, CancellationToken cancellation, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception fault) when (fault is InputException or TraceException or PolicyException or CostModelException or ModelException or JournalException)
        {
            errors.WriteLine($"error: {fault.Message.ReplaceLineEndings(" ")}");
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            errors.WriteLine(interrupted);
            return ExitCode.Interrupted;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What files refuse is told where they are opened; this is an output that was closed, or a disk that went away.
            errors.WriteLine($"error: reading or writing failed: {fault.Message.ReplaceLineEndings(" ")}");
            return ExitCode.BadInput;
        }
    }
}
