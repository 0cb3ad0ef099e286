using Cortex.Experiments.Report;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex report</c>: figures and <c>report.html</c> of a results folder, made again from what lies there.</summary>
public static class Reporting
{
    private const int MostTold = 10;

    /// <param name="console">Where the paths are told.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Ends it; files are whole or as they were.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(ReportOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () =>
        {
            IReadOnlyList<string> missing = ReportFiles.Write(options.Folder, options.Jobs ?? Environment.ProcessorCount, console, cancellation);
            foreach (string cell in missing.Take(MostTold))
            {
                console.WriteLine($"warning: no result of {cell}");
            }
            if (missing.Count > 0)
            {
                console.WriteLine($"warning: {missing.Count} {(missing.Count == 1 ? "cell is" : "cells are")} left out of the report; the command that made the folder computes what is missing, and only that");
            }
            return ExitCode.Ok;
        });
}
