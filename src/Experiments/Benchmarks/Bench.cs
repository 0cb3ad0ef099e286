using System.Text.Json;
using Cortex.Experiments.Config;
using Cortex.Policies;

namespace Cortex.Experiments.Benchmarks;

/// <summary>
/// The command <c>cortex bench</c>: how fast and how large the product itself is. It starts the command again for each measurement, so that
/// every run is the first of its process; rounds take turns, so that a machine that slows down slows all alike.
/// </summary>
public static class Bench
{
    /// <param name="measureApart">
    /// Has a measurement taken by <see cref="MeasureOnce"/> in a process of its own, over the data that the options name, and returns its exit code, what it printed and what it complained of.
    /// </param>
    /// <param name="suite">Which figures there are.</param>
    /// <param name="options">Which of them are asked for, and how.</param>
    /// <param name="output">Where the figures are printed.</param>
    /// <param name="errors">Where progress and faults are told.</param>
    /// <returns>An <see cref="ExitCode"/>; a figure that misses its target is no fault.</returns>
    public static int Run(
        BenchSuite suite, BenchOptions options, Func<MeasurementApart, (int ExitCode, string Output, string Errors)> measureApart, TextWriter output, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(errors, "interrupted", cancellation, () =>
        {
            SpeedFigure[] figures = Chosen(suite, options.Figures);
            BenchPlaces places = BenchPlaces.Find(options.Data);
            var report = new BenchReport(figures, places);
            for (int round = 1; round <= options.Repeat; round++)
            {
                foreach (IMeasurement measurement in report.Measurements)
                {
                    cancellation.ThrowIfCancellationRequested();
                    errors.WriteLine($"round {round} of {options.Repeat}: {measurement.Name}");
                    report.Add(measurement, Numbers(measurement, measureApart(new(measurement.Name, options.Data, measurement.RuntimeSettings))));
                }
            }
            output.Write(options.Json ? report.Json() : report.Text());
            return ExitCode.Ok;
        });

    /// <summary>Takes one measurement in this process, on this thread, and prints its numbers as a JSON object.</summary>
    /// <param name="name">Of the measurement.</param>
    /// <param name="data">Folder of reference data.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int MeasureOnce(string name, string? data, TextWriter output, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(errors, "interrupted", cancellation, () =>
        {
            IMeasurement measurement = BenchSuite.Measurements.FirstOrDefault(measurement => measurement.Name == name)
                ?? throw new InputException(NearestName.Unknown("measurement", name, [.. BenchSuite.Measurements.Select(measurement => measurement.Name)]));
            BenchPlaces places = BenchPlaces.Find(data);
            if (measurement.Missing(places) is { } file)
            {
                throw new InputException($"{file}: needed for '{name}', and not there");
            }
            output.WriteLine(JsonSerializer.Serialize(measurement.Measure(places, cancellation)));
            return ExitCode.Ok;
        });

    private static SortedDictionary<string, double> Numbers(IMeasurement measurement, (int ExitCode, string Output, string Errors) apart)
    {
        // A fault is told as the process told it.
        const string Prefix = "error: ";
        string fault = apart.Errors.Trim();
        return apart.ExitCode switch
        {
            ExitCode.Ok => JsonSerializer.Deserialize<SortedDictionary<string, double>>(apart.Output)!,
            ExitCode.BadInput => throw new InputException(fault.StartsWith(Prefix, StringComparison.Ordinal) ? fault[Prefix.Length..] : fault),
            int code => throw new InvalidOperationException($"measuring {measurement.Name} ended with exit code {code}: {fault}"),
        };
    }

    private static SpeedFigure[] Chosen(BenchSuite suite, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => !suite.FigureNames.Contains(name)) is { } stranger)
        {
            throw new InputException(NearestName.Unknown("figure", stranger, [.. suite.FigureNames]));
        }
        return [.. suite.Figures.Where(figure => names.Count == 0 || names.Contains(figure.Name))];
    }
}
