using System.Diagnostics;
using System.Reflection;

namespace Cortex.Experiments.Benchmarks;

/// <summary>This command again, in a process of its own, as a user starts it.</summary>
internal static class ColdCommand
{
    /// <returns>Seconds from the start of the process to its end.</returns>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public static double Seconds(CancellationToken cancellation, params string[] arguments)
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
