using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Cortex.Experiments.Benchmarks;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Experiments.Results;
using Cortex.Policies.Registry;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex doctor</c>: what this machine has of all that commands use, and what is left out where something is missing.</summary>
public static class Doctor
{
    private static readonly (string Program, string Version, string Use, string Without)[] Programs =
    [
        ("git", "--version", "commit and changes stand in manifest.json", "manifest.json names the build alone"),
        ("rsvg-convert", "--version", "figures also come as PNG and PDF", "figures are SVG alone (Debian: librsvg2-bin)"),
        ("gnuplot", "--version", "draws the scripts beside the figures", "the scripts beside the figures cannot be tried here"),
    ];

    /// <summary>Prints a line a finding.</summary>
    /// <param name="results">Folder that results would be written to.</param>
    /// <param name="set">Content of <see cref="EnvironmentSettings.Variable"/>; null: not set.</param>
    /// <param name="console">Where the findings are shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns><see cref="ExitCode.Ok"/> if commands would work; else <see cref="ExitCode.BadInput"/>.</returns>
    public static int Run(string results, string? set, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () =>
        {
            string commit = SourceVersion.Find() is { } source ? $", commit {source.Commit[..12]}{(source.Dirty ? " with changes" : "")}" : "";
            Tell("cortex", $"{BuildIdentity.Version}, build {BuildIdentity.Hash[..12]}{commit}");
            Tell("machine", string.Create(
                CultureInfo.InvariantCulture,
                $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Machine.Processor}, {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.#} GB, vectors of {8 * Vector<byte>.Count} bits"));
            bool works = Check("sample", Sample);
            works &= Check("results", () => TryFolder(results));
            works &= Check(EnvironmentSettings.Variable, () => set is null ? "not set" : $"{EnvironmentSettings.Under([], set).Select(SetExpression.Parse).Count()} overrides, over every experiment file: {set}");
            string? data = BenchPlaces.Find(null).Data;
            Tell("reference data", data is not null && Directory.Exists(data)
                ? $"{data}: what bench and tests compare with"
                : $"missing ({data ?? $"{BenchPlaces.Variable} is not set"}): figures of bench that need it, and tests against other systems, are skipped");
            foreach ((string program, string version, string use, string without) in Programs)
            {
                cancellation.ThrowIfCancellationRequested();
                Tell(program, FirstLine(program, version) is { } found ? $"{found}: {use}" : $"missing: {without}");
            }
            console.WriteLine(works ? "commands will work here" : "some commands will not work here");
            return works ? ExitCode.Ok : ExitCode.BadInput;

            void Tell(string what, string finding) => console.WriteLine($"{what,-16}{finding}");

            bool Check(string what, Func<string> look)
            {
                try
                {
                    Tell(what, look());
                    return true;
                }
                catch (InputException fault)
                {
                    Tell(what, $"error: {fault.Message}");
                    return false;
                }
            }
        });

    private static string Sample()
    {
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(BundledSample.Place, []);
        string trace = experiment.Points[0].Settings.Workload.Trace;
        new TraceHashes().Of(trace);
        return $"{experiment.Name} with {Path.GetFileName(trace)}: cortex run and sweep need no file";
    }

    /// <summary>Makes no folder: the nearest there is says whether one could be made.</summary>
    private static string TryFolder(string results)
    {
        string there = Path.GetFullPath(results);
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }
        WholeFile.RequireWritable(Path.Combine(there, "doctor"));
        return $"{results} can be written to";
    }

    /// <summary>Null if there is no such program.</summary>
    private static string? FirstLine(string program, string argument)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Split('\n')[0].Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
