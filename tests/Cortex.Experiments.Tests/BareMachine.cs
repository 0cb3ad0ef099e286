using System.Runtime.CompilerServices;

namespace Cortex.Experiments.Tests;

/// <summary>
/// These tests run as on a machine where nothing is installed: hundreds of small sweeps would start <c>rsvg-convert</c> thousands of times. That the
/// command makes images where it can is tested through the command.
/// </summary>
internal static class BareMachine
{
    private const string Variable = "PATH";

    /// <summary>Where programs really are.</summary>
    public static string Path { get; private set; } = "";

    [ModuleInitializer]
    internal static void HidePrograms()
    {
        Path = Environment.GetEnvironmentVariable(Variable) ?? "";
        Environment.SetEnvironmentVariable(Variable, "");
    }
}
