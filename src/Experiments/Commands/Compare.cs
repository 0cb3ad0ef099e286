using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Spectre.Console;

namespace Cortex.Experiments;

/// <summary>The command <c>cortex compare</c>: two results folders side by side, paired by cell.</summary>
public static class Compare
{
    private static readonly (string Name, string Metric)[] Ranked =
    [
        ("goodput", MetricNames.Goodput),
        ("TTFT p99", MetricNames.Percentile(MetricNames.Ttft, "99")),
        ("workflow p50", MetricNames.Percentile(MetricNames.Workflow, "50")),
    ];

    /// <summary>Prints each row of both, with the difference and what is known of its significance.</summary>
    /// <param name="console">Where the table is shown.</param>
    /// <param name="errors">Where a fault of the input is told, one line.</param>
    /// <param name="cancellation">Stops the command before anything is written.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(CompareOptions options, IAnsiConsole console, TextWriter errors, CancellationToken cancellation) =>
        CommandGuard.Run(console, errors, cancellation, () => Execute(options, console));

    private static int Execute(CompareOptions options, IAnsiConsole console)
    {
        if (options.Csv is { } csv)
        {
            OwnFile.RefuseOther("--csv", csv, "a table of cortex compare", start => start.AsSpan().StartsWith("metric,results,policy,"u8));
        }
        var comparison = new FolderComparison(ComparedFolder.Read(options.First), ComparedFolder.Read(options.Second));
        ResultTable table = comparison.Table();
        new ComparisonTable(table).Print(console);
        foreach (string note in comparison.Notes())
        {
            console.WriteLine($"note: {note}");
        }
        foreach ((string name, string metric) in Ranked)
        {
            if (comparison.RankAgreement(metric) is { } agreement)
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"policies ranked by {name}: Kendall's τ {agreement.Tau:F2}, Spearman's ρ {agreement.Rho:F2} between the two"));
            }
        }
        if (options.Csv is { } path)
        {
            WholeFile.Write(path, Comparisons.Csv(table));
            console.WriteLine(path);
        }
        return ExitCode.Ok;
    }
}
