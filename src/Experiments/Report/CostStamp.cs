using System.Text.Json;

namespace Cortex.Experiments.Report;

/// <summary>How far the times of an experiment can be trusted, by the cost model that they come from: functional, calibrated or validated.</summary>
public static class CostStamp
{
    /// <summary>
    /// A sentence. No cost model here was fitted to measurements of the engine at hand yet, so all are functional: they order policies and loads, and do not
    /// promise seconds.
    /// </summary>
    /// <param name="manifest">The root of <c>manifest.json</c>.</param>
    public static string Of(JsonElement manifest)
    {
        string[] models = [.. manifest.GetProperty("rows").EnumerateArray()
            .Select(row => row.GetProperty("settings").GetProperty("costs").GetProperty("model").GetString()!).Distinct()];
        return $"Step times: {string.Join(", ", models)} (functional: not calibrated against a machine).";
    }
}
