using System.Text.Json;

namespace Cortex.Experiments.Report.Html;

/// <summary>Where the numbers come from: all that is needed to make them again.</summary>
internal sealed class ProvenancePart(HtmlText html, JsonElement manifest, string text)
{
    private static readonly (string Key, string Term)[] Facts =
    [
        ("command", "Command"), ("version", "Version"), ("commit", "Commit"), ("dirty", "Changed since the commit"), ("build", "Build"), ("dotnet", ".NET"), ("os", "System"),
        ("cpu", "Processor"), ("processors", "Processors"), ("jobs", "Cells at a time"), ("duration_s", "Duration (s)"),
    ];

    public void Write()
    {
        html.Raw("<dl>\n");
        foreach ((string key, string term) in Facts)
        {
            if (manifest.TryGetProperty(key, out JsonElement fact))
            {
                Entry(term, fact.ValueKind switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => fact.ToString() });
            }
        }
        Entry("Seeds", string.Join(", ", manifest.GetProperty("seeds").EnumerateArray().Select(seed => seed.ToString())));
        foreach (JsonElement trace in manifest.GetProperty("traces").EnumerateArray())
        {
            Entry("Trace", $"{Path.GetFileName(trace.GetProperty("path").GetString()!)}, SHA-256 {trace.GetProperty("sha256")}");
        }
        html.Raw("</dl>\n<details><summary>manifest.json</summary>\n").Element("pre", text).Raw("</details>\n");
    }

    private void Entry(string term, string value) => html.Raw($"<div><dt>{term}</dt><dd>{HtmlText.Escape(value)}</dd></div>\n");
}
