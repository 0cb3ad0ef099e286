using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Workloads;

namespace Cortex.Experiments.Simulating;

/// <summary>What would make a run worth little, as far as it shows before time is spent on it: a sentence each.</summary>
internal static class Forecast
{
    /// <param name="room">Prompt and output of the longest call that some engine takes.</param>
    public static IEnumerable<string> Of(CellPlay play, int room)
    {
        (ITrace trace, ResolvedCell cell) = (play.Trace, play.Cell);
        // In a closed loop nobody knows how long it will take.
        if (cell.Statistics.Warmup is WarmupRule.Time warmup && !CellPlay.CountsUsers(cell.Workload, trace))
        {
            double seconds = (trace.Arrivals.Last - trace.Arrivals.First).Seconds / cell.Workload.Load;
            if (warmup.Length.Seconds >= seconds)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"warning: a warm-up of {warmup} leaves little to measure: at load {cell.Workload.Load} the last workflow arrives after about {seconds:0.##} s");
            }
        }
        // Traces that are read as they are played are not gone through once more.
        int tooLong = trace is Workload whole ? whole.Nodes.Count(node => node.Kind == NodeKind.Llm && LeastTokens(node) > room) : 0;
        if (tooLong > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"warning: {tooLong:N0} of {trace.Totals.Calls:N0} calls of {trace.Source} are longer than the {room:N0} tokens that fit, and will be refused");
        }
    }

    private static long LeastTokens(in Node call) =>
        (long)call.PromptTokens + (call.DeclaredMax > 0 ? Math.Min(call.OutputTokens, call.DeclaredMax) : call.OutputTokens);
}
