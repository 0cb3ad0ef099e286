using System.Globalization;
using Cortex.CostModels;
using Cortex.Experiments.Calibration;
using Cortex.Experiments.Config;
using Cortex.Experiments.Live;
using Cortex.Experiments.Results;
using Cortex.Policies.Registry;
using Cortex.Runtime.Models;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex calibrate</c>: how long do the steps of an engine take on this machine?</summary>
public static class Calibrate
{
    /// <summary>Measures steps, fits a cost model, prints how well it does on steps that it was not fitted to, and writes it.</summary>
    /// <param name="console">Where the findings are shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Ends the measurements; nothing is written.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(CalibrateOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console, cancellation));

    private static int Execute(CalibrateOptions options, IAnsiConsole console, CancellationToken cancellation)
    {
        // Told before minutes are spent on measuring, as is below a file that could not be written.
        OwnFile.RefuseOther("--output", options.Output, "a file of step times", start => start.AsSpan().StartsWith("{\n  \"format\": \"cortex-step-times"u8));
        // What its costs are said to be is what this is about to find out.
        IEnumerable<string> set = EnvironmentSettings.Under(options.Set, options.EnvironmentSet).Where(text => !SetExpression.Parse(text).Key.StartsWith("costs.", StringComparison.Ordinal));
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).LoadPoint(options.File, new Overrides { Set = [.. set, "costs.model=constant"] }, "costs");
        IReadOnlyList<ResolvedEngine> engines = experiment.Points[0].Settings.Engines;
        ResolvedEngine kind = engines.FirstOrDefault(engine => engine.Written.IsOnCpu)
            ?? throw new InputException($"{options.File}: no engine computes; allowed: one with engine: {EngineKinds.Cpu}");
        WholeFile.RequireWritable(options.Output);
        var models = new LiveModels();
        ModelWeights weights = models.Open(kind);
        int count = engines.Where(engine => engine.Written.IsOnCpu).Sum(engine => engine.Written.Count);
        using var bench = new CalibrationBench(kind, weights, count);
        var grid = new StepGrid(kind.Settings, hasNeighbours: count > 1, options.Seed);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"measuring {grid.Points.Count} steps of {kind.Model.Name}, {options.Rounds} rounds and one to warm up"));
        IReadOnlyList<StepMeasurement> measured = StepMeasurement.All(
            grid.Points, bench.Measure, options.Rounds, options.Seed,
            (done, all) => console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {done} of {all}")), cancellation);
        FittedCostFile file = StepFit.Of(grid.Tokens, measured, Source(kind));
        CalibrationReport.Print(file, measured, console);
        WholeFile.Write(options.Output, stream => stream.Write(file.ToBytes()));
        string named = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(options.File))!, options.Output);
        console.WriteLine($"{options.Output}; in {options.File}: costs: {{model: fitted, file: {named}}}");
        return ExitCode.Ok;
    }

    private static string Source(ResolvedEngine kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kind.Model.Name} on {Machine.Processor}, {kind.Written.Threads ?? 0} threads (0: all), blocks of {kind.Settings.BlockSize}");
}
