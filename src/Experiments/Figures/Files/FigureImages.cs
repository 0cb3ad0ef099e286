using System.ComponentModel;
using System.Diagnostics;

namespace Cortex.Experiments.Figures.Files;

/// <summary>PNG (twice the SVG's size, for slides) and PDF (for papers) of figures, by <c>rsvg-convert</c> where it is installed.</summary>
public static class FigureImages
{
    private const string Program = "rsvg-convert";

    /// <summary>Makes the images that are missing or older than their SVG.</summary>
    /// <param name="svgs">Paths of the figures.</param>
    /// <param name="jobs">Conversions at a time.</param>
    /// <returns>Why there are no images, a sentence; null if there are.</returns>
    public static string? Make(IReadOnlyList<string> svgs, int jobs, CancellationToken cancellation)
    {
        string[][] due = [.. svgs.SelectMany(svg => new[] { Arguments(svg, "png", "--zoom", "2"), Arguments(svg, "pdf") }).Where(IsDue)];
        if (due.Length == 0)
        {
            return null;
        }
        string? fault = null;
        Parallel.ForEach(due, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, (arguments, loop) =>
        {
            if (Convert(arguments) is { } reason)
            {
                Interlocked.CompareExchange(ref fault, reason, null);
                loop.Stop();
            }
        });
        return fault;
    }

    private static string[] Arguments(string svg, string format, params string[] more) =>
        ["--format", format, .. more, "--output", Path.ChangeExtension(svg, format), svg];

    private static bool IsDue(string[] arguments)
    {
        (string image, string svg) = (arguments[^2], arguments[^1]);
        return !File.Exists(image) || File.GetLastWriteTimeUtc(image) < File.GetLastWriteTimeUtc(svg);
    }

    /// <summary>What went wrong; null if nothing did.</summary>
    private static string? Convert(string[] arguments)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        try
        {
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"no PNG and PDF of the figures: {Program} ended with exit code {process.ExitCode}: {errors.Trim().ReplaceLineEndings(" ")}";
        }
        catch (Win32Exception)
        {
            return $"no PNG and PDF of the figures: {Program} (Debian: librsvg2-bin) is not installed";
        }
    }
}
