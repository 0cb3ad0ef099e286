using System.Globalization;
using System.Text.Json;

namespace Cortex.Experiments.Report.Html;

/// <summary>What was run, in the words of the manifest: engines, workload, policy sets.</summary>
/// <param name="promised">Calls had bounds to keep, whether or not the experiment has any.</param>
internal sealed class SettingsPart(HtmlText html, JsonElement manifest, bool promised)
{
    public void Write()
    {
        JsonElement[] rows = [.. manifest.GetProperty("rows").EnumerateArray()];
        html.Raw("<section id=\"part-run\">\n").Element("h2", "What was run");
        if (rows.Length > 0)
        {
            JsonElement settings = rows[0].GetProperty("settings");
            html.Raw("<dl>\n");
            Entry("Trace", string.Join(", ", manifest.GetProperty("traces").EnumerateArray().Select(trace => Path.GetFileName(trace.GetProperty("path").GetString()!))));
            Entry("Players", $"{Text(settings, "workload", "players")}, arrivals {Text(settings, "workload", "arrivals")}");
            foreach (JsonElement engine in settings.GetProperty("engines").EnumerateArray())
            {
                Entry("Engines", Engine(engine));
            }
            string[] bounds = [.. settings.GetProperty("slo").EnumerateObject().Where(bound => bound.Value.ValueKind == JsonValueKind.String).Select(bound => $"{bound.Name} {bound.Value.GetString()}")];
            Entry("SLO", bounds.Length > 0 ? string.Join(", ", bounds) : promised ? "what the trace promises" : "none");
            html.Raw("</dl>\n");
            PolicySets(rows);
            html.Element("p", "Settings are those of the first point; every resolved setting of every point stands in the manifest below.", "class=\"hint\"");
        }
        html.Raw("</section>\n");
    }

    private static string Engine(JsonElement engine) => string.Create(
        CultureInfo.InvariantCulture,
        $"{engine.GetProperty("name")}: {engine.GetProperty("count")} × {engine.GetProperty("model")} on {Device(engine)}, {engine.GetProperty("dialect")}, {engine.GetProperty("num_blocks").GetInt64():N0} blocks of {engine.GetProperty("block_size")} tokens, at most {engine.GetProperty("max_num_seqs")} calls and {engine.GetProperty("max_num_batched_tokens").GetInt64():N0} tokens a step");

    /// <summary>Each policy set with its policy on each axis; what differs from the baseline is set bold.</summary>
    private void PolicySets(JsonElement[] rows)
    {
        (string Name, JsonElement Policies)[] sets = [.. rows.Select(row => (row.GetProperty("policy").GetString()!, row.GetProperty("settings").GetProperty("policies"))).DistinctBy(set => set.Item1)];
        string baseline = manifest.GetProperty("baseline").GetString()!;
        JsonElement reference = sets.FirstOrDefault(set => set.Name == baseline, sets[0]).Policies;
        string[] axes = [.. sets[0].Policies.EnumerateObject().Select(axis => axis.Name)];
        html.Raw("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\" class=\"text\">policy set</th>");
        foreach (string axis in axes)
        {
            html.Raw($"<th scope=\"col\" class=\"text\">{HtmlText.Escape(axis)}</th>");
        }
        html.Raw("</tr></thead>\n<tbody>\n");
        foreach ((string name, JsonElement policies) in sets)
        {
            html.Raw($"<tr><th scope=\"row\" class=\"text\">{HtmlText.Escape(name)}{(name == baseline ? " (baseline)" : "")}</th>");
            foreach (string axis in axes)
            {
                string text = HtmlText.Escape(Policy(policies.GetProperty(axis)));
                bool differs = policies.GetProperty(axis).GetRawText() != reference.GetProperty(axis).GetRawText();
                html.Raw($"<td class=\"text\">{(differs ? $"<strong>{text}</strong>" : text)}</td>");
            }
            html.Raw("</tr>\n");
        }
        html.Raw("</tbody></table></div>\n");
    }

    private static string Policy(JsonElement policy)
    {
        string options = string.Join(", ", policy.EnumerateObject().Where(option => option.Name != "name").Select(option => $"{option.Name}={option.Value}"));
        return $"{policy.GetProperty("name")}{(options.Length > 0 ? $" ({options})" : "")}";
    }

    private void Entry(string term, string text) => html.Raw($"<div><dt>{term}</dt><dd>{HtmlText.Escape(text)}</dd></div>\n");

    private static string Text(JsonElement settings, string section, string key) => settings.GetProperty(section).GetProperty(key).ToString();

    /// <summary>Engines on the processor have no GPU.</summary>
    private static string Device(JsonElement engine) => engine.TryGetProperty("gpu", out JsonElement gpu)
        ? $"{gpu} (tensor parallel {engine.GetProperty("tp")})"
        : $"the {engine.GetProperty("engine")}";
}
