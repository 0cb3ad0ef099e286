using System.Diagnostics;

namespace Cortex.Experiments.Benchmarks;

/// <summary>Starts <c>cortex</c> again, as it was started.</summary>
public static class OwnProcess
{
    /// <summary>Waits for the end, and ends the process if the wait is given up.</summary>
    /// <param name="arguments">Of the command.</param>
    /// <param name="environment">Variables that it is given besides this process's.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>Its exit code, and what it printed and complained of.</returns>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public static (int ExitCode, string Output, string Errors) Run(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        ProcessStartInfo start = Again(arguments);
        start.RedirectStandardError = true;
        foreach ((string variable, string value) in environment)
        {
            start.Environment[variable] = value;
        }
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration kill = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return (process.ExitCode, output, errors.Result);
    }

    /// <summary>Runs it cold, as a user does.</summary>
    /// <returns>Seconds from the start of the process to its end.</returns>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    internal static double Seconds(CancellationToken cancellation, params string[] arguments)
    {
        long began = Stopwatch.GetTimestamp();
        (int code, _, string errors) = Run(arguments, new SortedDictionary<string, string>(StringComparer.Ordinal), cancellation);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return code == ExitCode.Ok ? seconds : throw new InvalidOperationException($"cortex {arguments[0]} ended with exit code {code}: {errors}");
    }

    /// <summary>How to start it; what it prints is read.</summary>
    internal static ProcessStartInfo Again(IReadOnlyList<string> arguments)
    {
        // Started either by its own executable or by `dotnet cortex.dll`; a test host, too, is a `dotnet`.
        string host = Environment.ProcessPath!;
        bool byDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] own = byDotnet ? ["exec", Path.Combine(AppContext.BaseDirectory, "cortex.dll")] : [];
        return new ProcessStartInfo(host, [.. own, .. arguments]) { RedirectStandardOutput = true };
    }
}
