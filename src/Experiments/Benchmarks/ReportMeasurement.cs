using System.Diagnostics;
using System.Reflection;
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

    /// <summary>Seconds of the quickstart sweep as it stands (150 cells), started cold, from command to report.</summary>
    public const string Quickstart = "quickstart_s";

    private const int Repeat = 8;

    public string Name => "report";

    public string? Missing(BenchPlaces places) => SweepMeasurement.MissingFile(places);

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        string file = Path.Combine(places.Solution!, SweepMeasurement.File);
        DirectoryInfo results = Directory.CreateTempSubdirectory("cortex-bench-");
        try
        {
            double quickstart = Seconds(cancellation, "sweep", file, "--results", Path.Combine(results.FullName, "quickstart"));
            string many = Path.Combine(results.FullName, "many");
            using var errors = new StringWriter();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
            int code = Sweep.Run(new SweepOptions { File = file, Repeat = Repeat, ResultsFolder = many, CommandLine = "cortex bench report" }, console, errors, cancellation);
            if (code != ExitCode.Ok)
            {
                throw new InvalidOperationException($"the sweep ended with exit code {code}: {errors}");
            }
            string folder = Only(Directory.GetDirectories(many));
            File.Delete(Path.Combine(folder, "report.html"));
            double report = Seconds(cancellation, "report", folder);
            return File.Exists(Path.Combine(folder, "report.html"))
                ? new(StringComparer.Ordinal) { [Report] = report, [Quickstart] = quickstart }
                : throw new InvalidOperationException("there is no report.html");
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static string Only(string[] folders) => folders is [var only] ? only : throw new InvalidOperationException($"{folders.Length} folders of results");

    private static double Seconds(CancellationToken cancellation, params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        bool byDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] own = byDotnet ? ["exec", Assembly.GetEntryAssembly()!.Location] : [];
        var start = new ProcessStartInfo(host, [.. own, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration kill = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == ExitCode.Ok ? seconds : throw new InvalidOperationException($"cortex {arguments[0]} ended with exit code {process.ExitCode}: {errors.Result}");
    }
}
