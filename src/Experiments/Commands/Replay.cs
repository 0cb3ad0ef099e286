using Cortex.Experiments.Config;
using Cortex.Experiments.Report;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving.Journal;
using Cortex.Serving.Parity;
using Cortex.Sim.Parity;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex replay</c>: does the core decide again as a journal says?</summary>
public static class Replay
{
    /// <summary>Replays a journal and prints what came of it.</summary>
    /// <param name="console">Where the findings are shown.</param>
    /// <param name="errors">Where a fault of the file is told, one line.</param>
    /// <param name="cancellation">Gives the replay up.</param>
    /// <returns>
    /// An <see cref="ExitCode"/>: <see cref="ExitCode.FailedAssertion"/> if a decision differs in the replay, or an engine computed something else than planned. Where only the free simulation
    /// decides otherwise the replay still holds.
    /// </returns>
    public static int Run(ReplayOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console, errors, cancellation));

    private static int Execute(ReplayOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var registry = new PolicyRegistry();
        RecordedRun recorded;
        ReplayResult replay;
        try
        {
            using var journal = new JournalReader(Open(options.Journal));
            recorded = RecordedRun.Read(journal, registry, out replay, cancellation);
        }
        catch (JournalException fault)
        {
            throw new InputException($"{options.Journal}: {fault.Message}");
        }
        if (replay.CutTail is { } cut)
        {
            errors.WriteLine($"warning: {options.Journal}: {cut}");
        }
        else if (replay is { HasEnded: false, IsIdentical: true })
        {
            errors.WriteLine($"warning: {options.Journal}: the journal stops before the end of its run");
        }
        ReplayReport.Print(replay, recorded.Header, registry, console);
        ReplayReport.Print(recorded.Execution, console);
        if (!replay.IsIdentical || recorded.Execution.FirstDifference is not null)
        {
            return ExitCode.FailedAssertion;
        }
        if (options.Free)
        {
            Simulate("times of steps until the core was told", recorded.TimesUntilTold);
            Simulate("device times of steps", recorded.DeviceTimes);
        }
        return ExitCode.Ok;

        void Simulate(string times, IReadOnlyList<IReadOnlyList<Duration>> steps) =>
            ReplayReport.Print(times, DecisionComparison.Of(recorded.Decisions, FreeSimulation.Run(recorded, steps, registry, cancellation)), console);
    }

    private static FileStream Open(string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new InputException(path.Length == 0 ? "'' is no name; allowed: a file written by cortex run --journal" : $"{path}: a folder; allowed: a file written by cortex run --journal");
        }
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{path}: {FileFault.Of(fault)}; allowed: a file written by cortex run --journal");
        }
    }
}
