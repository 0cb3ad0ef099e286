using Spectre.Console;

namespace Cortex.Experiments.Benchmarks;

/// <summary>
/// The command <c>cortex report</c>, started cold, over the 240 cells of a quickstart with eight repetitions. Images by <c>rsvg-convert</c> are there
/// already, as after the sweep; page, figures and their data are made again.
/// </summary>
internal sealed class ReportMeasurement : IMeasurement
{
    /// <summary>Seconds from the start of the process to its end.</summary>
    public const string Report = "report_s";

    private const int Repeat = 8;

    public string Name => "report";

    public string? Missing(BenchPlaces places) => SweepMeasurement.MissingFile(places);

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        string file = Path.Combine(places.Solution!, SweepMeasurement.File);
        DirectoryInfo results = Directory.CreateTempSubdirectory("cortex-bench-");
        try
        {
            using var errors = new StringWriter();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
            int code = Sweep.Run(new SweepOptions { File = file, Repeat = Repeat, ResultsFolder = results.FullName, CommandLine = "cortex bench report" }, console, errors, cancellation);
            if (code != ExitCode.Ok)
            {
                throw new InvalidOperationException($"the sweep ended with exit code {code}: {errors}");
            }
            string folder = Only(Directory.GetDirectories(results.FullName));
            File.Delete(Path.Combine(folder, "report.html"));
            double report = OwnProcess.Seconds(cancellation, "report", folder);
            return File.Exists(Path.Combine(folder, "report.html"))
                ? new(StringComparer.Ordinal) { [Report] = report }
                : throw new InvalidOperationException("there is no report.html");
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static string Only(string[] folders) => folders is [var only] ? only : throw new InvalidOperationException($"{folders.Length} folders of results");
}
