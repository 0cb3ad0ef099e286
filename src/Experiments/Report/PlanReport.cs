using System.Globalization;
using System.Text;
using System.Text.Json;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>What <c>--plan</c> prints: every cell, and every setting that it would run with.</summary>
internal static class PlanReport
{
    // What two cores of a machine of 2025 do, and what the quickstart leaves; enough to tell seconds from hours.
    private const double CallsPerSecond = 25_000;
    private const double KilobytesPerCell = 40;

    public static void Print(Experiment experiment, IReadOnlyList<PlannedCell> cells, CellStore store, ICellRunner runner, int jobs, IAnsiConsole console)
    {
        int finished = cells.DistinctBy(planned => planned.Key).Count(planned => store.Has(planned.Key));
        console.WriteLine(
            $"{experiment.Name}: {experiment.PolicySets.Count} policy sets × {experiment.Points.Count} points × {experiment.Repeat} repetitions = "
            + $"{cells.Count} cells, {finished} finished; baseline {experiment.Baseline}; seeds {cells[0].Cell.Seed} to {cells[experiment.Repeat - 1].Cell.Seed}");
        PlannedCell[] missing = [.. cells.DistinctBy(planned => planned.Key).Where(planned => !store.Has(planned.Key))];
        if (missing.Length > 0 && missing.Sum(planned => runner.MostCalls(planned.Cell)) is > 0 and var calls)
        {
            console.WriteLine(Estimate(missing.Length, calls, jobs));
        }
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

    private static string Estimate(int cells, long calls, int jobs)
    {
        double seconds = Math.Ceiling(calls / CallsPerSecond / Math.Min(jobs, cells));
        string time = seconds < 120 ? $"{seconds} s" : seconds < 7_200 ? $"{Math.Ceiling(seconds / 60)} min" : $"{Math.Ceiling(seconds / 3_600)} h";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"estimate: {cells:N0} cells to run with at most {calls:N0} calls: about {time} at {CallsPerSecond:N0} calls a second and job ({jobs} {(jobs == 1 ? "job" : "jobs")}), about {Math.Ceiling(cells * KilobytesPerCell / 1000):N0} MB of results");
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
