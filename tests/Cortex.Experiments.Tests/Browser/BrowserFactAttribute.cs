using Xunit;

namespace Cortex.Experiments.Tests.Browser;

/// <summary>A test in a headless browser; skipped where none is installed.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    public BrowserFactAttribute() => Skip = Program is null ? $"no browser: none of {string.Join(", ", Names)} is in PATH" : null;

    /// <summary>Full path of the browser; null if there is none.</summary>
    public static string? Program { get; } = Names
        .SelectMany(name => BareMachine.Path.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
