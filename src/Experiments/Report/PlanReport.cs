using System.Text;
using System.Text.Json;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>What <c>--plan</c> prints: every cell, and every setting that it would run with.</summary>
internal static class PlanReport
{
    public static void Print(Experiment experiment, IReadOnlyList<PlannedCell> cells, CellStore store, IAnsiConsole console)
    {
        int finished = cells.DistinctBy(planned => planned.Key).Count(planned => store.Has(planned.Key));
        console.WriteLine(
            $"{experiment.Name}: {experiment.PolicySets.Count} policy sets × {experiment.Points.Count} points × {experiment.Repeat} repetitions = "
            + $"{cells.Count} cells, {finished} finished; baseline {experiment.Baseline}; seeds {cells[0].Cell.Seed} to {cells[experiment.Repeat - 1].Cell.Seed}");
        string settings = "";
        for (int first = 0; first < cells.Count; first += experiment.Repeat)
        {
            PlannedCell planned = cells[first];
            string now = Settings(planned.Cell);
            if (now != settings)
            {
                console.WriteLine(now);
                settings = now;
            }
            int done = cells.Skip(first).Take(experiment.Repeat).Count(cell => store.Has(cell.Key));
            string values = string.Join(", ", experiment.Axes.Zip(planned.Cell.AxisValues, (axis, value) => $"{axis}={value}"));
            console.WriteLine($"  {planned.Cell.Policies.Name}, {values}: {done} of {experiment.Repeat} finished, first cell {planned.Key[..12]}");
        }
    }

    /// <summary>All settings but the load, a line each; values in JSON, which is YAML too.</summary>
    private static string Settings(ResolvedCell cell)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            CellJson.WriteSettings(json, cell with { Workload = cell.Workload with { Load = 1 } });
        }
        using var document = JsonDocument.Parse(buffer.ToArray());
        var text = new StringBuilder();
        foreach (JsonProperty section in document.RootElement.EnumerateObject())
        {
            IEnumerable<string> lines = section.Value.ValueKind == JsonValueKind.Array
                ? section.Value.EnumerateArray().Select(entry => $"  - {entry.GetRawText()}")
                : section.Value.EnumerateObject().Where(key => key.Name != "load").Select(key => $"  {key.Name}: {key.Value.GetRawText()}");
            if (section.Name == "workload")
            {
                lines = lines.Prepend($"  trace: {cell.Workload.Trace}");
            }
            text.Append(text.Length > 0 ? "\n" : "").Append(section.Name).Append(":\n").AppendJoin('\n', lines);
        }
        return text.ToString();
    }
}
