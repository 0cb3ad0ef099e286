using System.Globalization;
using Cortex.Experiments.Report;
using Cortex.Experiments.Statistics;
using Cortex.Workloads;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex trace stats</c>: totals, lengths, depth, times and ideal reuse of a trace.</summary>
public static class TraceSummary
{
    private const int DefaultBlock = 16;
    private const double NsPerSecond = 1e9;

    /// <param name="file">The trace.</param>
    /// <param name="block">Block size in which reuse is counted; null: the trace's own, or 16.</param>
    /// <param name="reading">What to make of choices that the trace's format leaves.</param>
    /// <param name="console">Where the result is told.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Stops the command.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string file, int? block, TraceReadingOptions reading, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () =>
        {
            using TraceImport trace = TraceImport.Open(file, reading);
            int size = block ?? (trace.Header.NativeBlock > 0 ? trace.Header.NativeBlock : DefaultBlock);
            TraceStatistics statistics = new(trace.Header, size);
            foreach (AgentflowWorkflow workflow in trace.Workflows())
            {
                cancellation.ThrowIfCancellationRequested();
                statistics.Add(workflow);
            }
            console.WriteLine($"{file}: {trace.Format}, {(trace.Header.Closed ? "closed" : "open")} loop");
            WriteTotals(console, statistics);
            WriteLengths(console, statistics);
            WriteReuse(console, statistics);
            foreach (string change in trace.Changes)
            {
                console.WriteLine($"  changed: {change}");
            }
            return ExitCode.Ok;
        });

    private static void WriteTotals(IAnsiConsole console, TraceStatistics of)
    {
        Line(console, "workflows", ValueText.Count(of.Workflows), ArrivalText(of));
        WriteFit(console, of.Gaps);
        string branches = of.CallsTaken == of.Calls ? "" : $"{ValueText.Count(of.CallsTaken)} run, the others stand behind guards that do not hold";
        Line(console, "calls", ValueText.Count(of.Calls), branches);
        Line(console, "tools", ValueText.Count(of.Tools), "");
        Line(console, "people", ValueText.Count(of.Humans), "");
        Line(console, "prompt tokens", ValueText.Count(of.PromptTokens), "");
        Line(console, "output tokens", ValueText.Count(of.OutputTokens), "");
    }

    private static string ArrivalText(TraceStatistics of)
    {
        if (of.Arrivals == 0)
        {
            return "without arrivals";
        }
        string rate = of.SpanNs > 0 ? Text($", {of.Gaps.Count * NsPerSecond / of.SpanNs:0.###} a second, variation of gaps {of.GapVariation:0.00}") : "";
        return Text($"arrivals over {of.SpanNs / NsPerSecond:0.###} s{rate}");
    }

    /// <summary>Whether the gaps between arrivals are those of a Poisson process of their rate.</summary>
    private static void WriteFit(IAnsiConsole console, LengthCounts gaps)
    {
        if (gaps.Mean > 0
            && KolmogorovSmirnov.OfCounts(gaps.Ascending.Select(gap => ((double)gap.Value, gap.Count)), gaps.Count, gap => 1 - Math.Exp(-gap / gaps.Mean)) is { } fit)
        {
            Line(console, "off Poisson by", Text($"{fit.Distance:0.000}"), Text($"Kolmogorov-Smirnov distance of the gaps from exponential ones, p {fit.P:0.000}"));
        }
    }

    private static void WriteLengths(IAnsiConsole console, TraceStatistics of)
    {
        console.WriteLine($"  {"",-24}{"mean",12}{"p50",12}{"p90",12}{"p99",12}{"max",12}");
        Lengths(console, "prompt, tokens", of.Prompts, 1);
        Lengths(console, "output, tokens", of.Outputs, 1);
        Lengths(console, "calls of a workflow", of.CallsOfWorkflow, 1);
        Lengths(console, "depth, calls in a row", of.Depth, 1);
        Lengths(console, "tool time, s", of.ToolTimes, NsPerSecond);
        Lengths(console, "person's time, s", of.HumanTimes, NsPerSecond);
    }

    private static void WriteReuse(IAnsiConsole console, TraceStatistics of)
    {
        console.WriteLine(Text(
            $"  ideal reuse in blocks of {of.BlockSize}: {100 * of.Reuse.TokenShare:0.00} % of prompt tokens ({100 * of.Reuse.BlockShare:0.00} % of blocks), within workflows {100 * of.ReuseWithin.TokenShare:0.00} %"));
    }

    private static void Lengths(IAnsiConsole console, string name, LengthCounts counts, double unit)
    {
        if (counts.Count == 0)
        {
            return;
        }
        string Value(double value) => (value / unit).ToString(unit == 1 ? "#,0.#" : "#,0.###", CultureInfo.InvariantCulture);
        console.WriteLine(
            $"  {name,-24}{Value(counts.Mean),12}{Value(counts.Quantile(0.5)),12}{Value(counts.Quantile(0.9)),12}{Value(counts.Quantile(0.99)),12}{Value(counts.Max),12}");
    }

    private static void Line(IAnsiConsole console, string name, string value, string remark) => console.WriteLine($"  {name,-16}{value,16}  {remark}".TrimEnd());

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
