using System.Diagnostics;
using Spectre.Console;

namespace Cortex.Experiments.Benchmarks;

/// <summary>The quickstart sweep as a whole (reading, cells, table, files) with one job and with two, in a fresh results folder each time.</summary>
internal sealed class SweepMeasurement : IMeasurement
{
    /// <summary>Seconds with <c>--jobs 1</c>.</summary>
    public const string One = "jobs_1_s";

    /// <summary>Seconds with <c>--jobs 2</c>.</summary>
    public const string Two = "jobs_2_s";

    /// <summary>The experiment, from the folder of the solution.</summary>
    public const string File = "experiments/quickstart.yaml";

    private const int Rounds = 5;

    public string Name => "sweep";

    public string? Missing(BenchPlaces places) => MissingFile(places);

    public SortedDictionary<string, double> Measure(BenchPlaces places, CancellationToken cancellation)
    {
        string file = Path.Combine(places.Solution!, File);
        Seconds(file, jobs: 2, cancellation);
        var one = new List<double>();
        var two = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            one.Add(Seconds(file, jobs: 1, cancellation));
            two.Add(Seconds(file, jobs: 2, cancellation));
        }
        return new(StringComparer.Ordinal) { [One] = Median.Of(one), [Two] = Median.Of(two) };
    }

    /// <summary>The experiment's path if it is not there.</summary>
    internal static string? MissingFile(BenchPlaces places)
    {
        string file = places.Solution is { } folder ? Path.Combine(folder, File) : File;
        return System.IO.File.Exists(file) ? null : file;
    }

    private static double Seconds(string file, int jobs, CancellationToken cancellation)
    {
        DirectoryInfo results = Directory.CreateTempSubdirectory("cortex-bench-");
        try
        {
            using var errors = new StringWriter();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
            long start = Stopwatch.GetTimestamp();
            int code = Sweep.Run(
                new SweepOptions { File = file, Jobs = jobs, ResultsFolder = results.FullName, CommandLine = "cortex bench sim" },
                console, errors, cancellation);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cancellation.ThrowIfCancellationRequested();
            return code == ExitCode.Ok ? seconds : throw new InvalidOperationException($"the sweep ended with exit code {code}: {errors}");
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }
}
