using System.Globalization;
using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>A process or an event failed, and nobody has taken care of it: what failed, when, and how to have it fail again.</summary>
public sealed class SimulationFailedException : Exception
{
    internal SimulationFailedException(string? process, SimEnvironment environment, Exception failure)
        : base(Describe(process, environment, failure), failure)
    {
        ProcessName = process;
        Time = environment.Now;
        Seed = environment.Seed;
        Fingerprint = environment.Fingerprint;
    }

    /// <summary>The process that failed; null for an event.</summary>
    public string? ProcessName { get; }

    /// <summary>When.</summary>
    public Instant Time { get; }

    /// <summary>Of the environment.</summary>
    public ulong Seed { get; }

    /// <summary>Of the run up to there.</summary>
    public ulong Fingerprint { get; }

    private static string Describe(string? process, SimEnvironment environment, Exception failure) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(process is null ? "an event" : $"process '{process}'")} failed at {environment.Now.Ns} ns (seed {environment.Seed}, "
        + $"event {environment.ProcessedEvents}, fingerprint {environment.Fingerprint:x16}): {failure.Message}");
}
