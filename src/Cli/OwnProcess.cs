using System.Diagnostics;

namespace Cortex.Cli;

/// <summary>Starts <c>cortex</c> again, as it was started.</summary>
internal static class OwnProcess
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
        // Started either by its own executable or by `dotnet cortex.dll`; a test host, too, is a `dotnet`.
        string host = Environment.ProcessPath!;
        bool byDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] own = byDotnet ? ["exec", typeof(OwnProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(host, [.. own, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
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
}
