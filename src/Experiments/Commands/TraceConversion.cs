using Cortex.Experiments.Config;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Cortex.Workloads;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The commands <c>cortex trace import</c> and <c>cortex trace convert</c>: a trace in another format, and what was changed and lost on the way.</summary>
public static class TraceConversion
{
    /// <summary>Writes the whole file, or nothing.</summary>
    /// <param name="console">Where the result is told.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Stops the command; nothing is written.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(TraceConversionOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console, cancellation));

    private static int Execute(TraceConversionOptions options, IAnsiConsole console, CancellationToken cancellation)
    {
        if (File.Exists(options.Output) && !options.Overwrite)
        {
            throw new InputException($"{options.Output}: the file exists; allowed: a new file, or --overwrite");
        }
        using TraceImport trace = TraceImport.Open(options.Input, options.Reading);
        cancellation.ThrowIfCancellationRequested();
        ExportReport report = new(0, 0, []);
        long bytes = 0;
        WholeFile.Write(options.Output, file =>
        {
            report = PackedFile.Write(options.Output, file, stream => TraceExport.Write(trace.Header, WorkflowsAhead.Of(trace.Workflows()), options.Format, stream, cancellation));
            bytes = file.Length;
        });
        console.WriteLine(
            $"{options.Output}: {options.Format}, {ValueText.Count(report.Workflows)} workflows, {ValueText.Count(report.Calls)} calls, {ValueText.Count(bytes)} bytes");
        WriteList(console, "changed", trace.Changes);
        WriteList(console, "lost", [.. trace.Lost, .. report.Lost]);
        return ExitCode.Ok;
    }

    private static void WriteList(IAnsiConsole console, string title, IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
        {
            console.WriteLine($"  {title}: {line}");
        }
    }
}
