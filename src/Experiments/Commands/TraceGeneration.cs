using Cortex.Experiments.Config;
using Cortex.Experiments.Profiles;
using Cortex.Experiments.Results;
using Cortex.Policies;
using Cortex.Workloads;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex trace generate</c>: a trace of made-up workflows, the same bytes for the same seed and count.</summary>
public static class TraceGeneration
{
    /// <summary>Writes the whole file, or nothing.</summary>
    /// <param name="console">Where the result is told.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Stops the command; nothing is written.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(TraceGenerationOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console, cancellation));

    private static int Execute(TraceGenerationOptions options, IAnsiConsole console, CancellationToken cancellation)
    {
        if (File.Exists(options.Output) && !options.Overwrite)
        {
            throw new InputException($"{options.Output}: the file exists; allowed: a new file, or --overwrite");
        }
        (WorkloadProfile profile, string name) = Profile(options);
        cancellation.ThrowIfCancellationRequested();
        long bytes = 0;
        WholeFile.Write(options.Output, file =>
        {
            PackedFile.Write(options.Output, file, stream =>
            {
                WorkloadGenerator.Write(profile, name, options.Seed, options.Workflows, stream, cancellation);
                return stream;
            });
            bytes = file.Length;
        });
        console.WriteLine($"{options.Output}: {Report.ValueText.Count(options.Workflows)} workflows, {Report.ValueText.Count(bytes)} bytes");
        return ExitCode.Ok;
    }

    private static (WorkloadProfile Profile, string Name) Profile(TraceGenerationOptions options)
    {
        switch (options.Program, options.Profile)
        {
            case ({ } program, null):
                return WorkloadGenerator.Programs.Contains(program)
                    ? (ProfileReader.Read(ProfileReader.Bundled(program)), program)
                    : throw new InputException(NearestName.Unknown("program", program, WorkloadGenerator.Programs));
            case (null, { } file):
                return (ProfileReader.Read(file), $"--profile {Path.GetFileName(file)}");
            default:
                throw new InputException($"trace generate: allowed: one of {string.Join(", ", WorkloadGenerator.Programs)}, or --profile FILE");
        }
    }
}
