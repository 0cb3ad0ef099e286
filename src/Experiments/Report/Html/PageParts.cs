namespace Cortex.Experiments.Report.Html;

/// <summary>Style and script of the page, written as files of their own and carried in the assembly.</summary>
internal static class PageParts
{
    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = Read("report.js");

    private static string Read(string name)
    {
        using Stream stream = typeof(PageParts).Assembly.GetManifestResourceStream($"{typeof(PageParts).Namespace}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
