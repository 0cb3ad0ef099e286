using System.Globalization;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>
/// The table at the end of a sweep: the policy sets side by side at each point of the axes, each value with half its 95 % interval, and below it
/// the paired difference from the baseline, ≈ if that cannot be told from none, † if it stays significant with all rows of its column looked at together.
/// </summary>
public sealed class ComparisonTable
{
    private const int WidthWithoutTerminal = 200;
    private const string TooFew = "*";
    private const string Significant = " †";

    private static readonly (string Header, string Metric, double Unit)[] Values =
    [
        ("capacity\n(load)", MetricNames.Capacity, 1),
        ("calls\nper s", MetricNames.CallsPerSecond, 1),
        ("output\ntok/s", MetricNames.OutputTokensPerSecond, 1),
        ("within SLO\nper s", MetricNames.Goodput, 1),
        ("within SLO\n%", MetricNames.SloAttainment, 100),
        .. Percentiles("TTFT", MetricNames.Ttft, "ms", 1e3),
        .. Percentiles("TPOT", MetricNames.Tpot, "ms", 1e3),
        .. Percentiles("ITL", MetricNames.Itl, "ms", 1e3),
        .. Percentiles("workflow", MetricNames.Workflow, "s", 1),
        ("hit rate\n%", MetricNames.HitRate, 100),
    ];

    private static readonly (string Header, string Count)[] Troubles =
    [
        ("held for\nmemory", CountNames.HeldByMemory),
        ("held for\na seat", CountNames.HeldBySequences),
        ("held for\nbudget", CountNames.HeldByTokenBudget),
        ("held by\nrecord", CountNames.HeldBack),
        ("preempted", CountNames.Preemptions),
        ("refused\ncalls", CountNames.Refused),
        ("cancelled\ncalls", CountNames.Cancelled),
        ("failed\ncalls", CountNames.Failed),
        ("unfinished\ncalls", CountNames.Unfinished),
    ];

    private readonly ResultTable table;
    private readonly ResultRow[] rows;
    private readonly Comparisons comparisons;
    private bool anyTooFew;
    private bool anySignificant;

    public ComparisonTable(ResultTable table)
    {
        this.table = table;
        comparisons = new Comparisons(table);
        rows = [.. table.Rows.GroupBy(row => string.Join('\n', row.AxisValues)).SelectMany(point => point)];
    }

    /// <summary>Prints all columns that have something to say, in as many tables as the width asks for.</summary>
    public void Print(IAnsiConsole console)
    {
        int widest = console.Profile.Out.IsTerminal ? console.Profile.Width : WidthWithoutTerminal;
        IReadOnlyList<TableColumn> labels = Labels();
        int labelWidth = 1 + labels.Sum(column => column.Width + 1);
        var columns = new Queue<TableColumn>(Measures(wide: false));
        while (columns.Count > 0)
        {
            var shown = new List<TableColumn>(labels);
            int width = labelWidth;
            while (columns.Count > 0 && (shown.Count == labels.Count || width + columns.Peek().Width + 1 <= widest))
            {
                width += columns.Peek().Width + 1;
                shown.Add(columns.Dequeue());
            }
            console.Write(Render(shown));
        }
        foreach (string note in Notes())
        {
            console.WriteLine(note);
        }
    }

    /// <summary>Of each row, the first at its point of the axes or not.</summary>
    internal IReadOnlyList<bool> BeginsPoint => [.. rows.Select((row, index) => index == 0 || !row.AxisValues.SequenceEqual(rows[index - 1].AxisValues))];

    /// <summary>Columns that say which row it is.</summary>
    internal IReadOnlyList<TableColumn> Labels()
    {
        var labels = new List<TableColumn>();
        for (int axis = 0; axis < table.Axes.Count; axis++)
        {
            string name = table.Axes[axis];
            labels.Add(new TableColumn(name[(name.LastIndexOf('.') + 1)..], [.. rows.Select(row => row.AxisValues[axis])]));
        }
        labels.Add(new TableColumn(table.Subject, [.. rows.Select(row => row.Policy)], IsText: true));
        return labels;
    }

    /// <summary>Columns that have something to say.</summary>
    /// <param name="wide">With ITL, and every percentile that some row has samples enough for, not the median and p99 alone.</param>
    internal IReadOnlyList<TableColumn> Measures(bool wide)
    {
        var columns = new List<TableColumn>();
        foreach ((string header, string metric, double unit) in Values)
        {
            bool isExtra = MetricNames.AsPercentile(metric) is { Family: MetricNames.Itl } or { Percentile: not ("50" or "99") };
            if (isExtra ? wide && rows.Any(row => row.Estimate(metric) is not null && !row.HasTooFew(metric)) : rows.Any(row => row.Estimate(metric) is not null))
            {
                columns.Add(new TableColumn(header, [.. rows.Select(row => Cell(row, metric, unit))], IsExtra: isExtra));
            }
        }
        if (rows.Any(row => row.Saturation is not null))
        {
            columns.Add(new TableColumn("load is", [.. rows.Select(row => row.Saturation?.ToString().ToLowerInvariant() ?? "–")], IsText: true));
        }
        // Where all are alike the sentence below the table says it.
        if (CostStamp.WordFor(rows.Select(row => row.Stamp)) == CostStamp.Mixed)
        {
            columns.Add(new TableColumn("step times", [.. rows.Select(row => row.Stamp.Word)], IsText: true));
        }
        columns.AddRange(new SampleCounts(rows).Columns());
        foreach ((string header, string count) in Troubles)
        {
            if (rows.Any(row => row.Counts.GetValueOrDefault(count) > 0))
            {
                columns.Add(new TableColumn(header, [.. rows.Select(row => CsvText.Number(row.Counts.GetValueOrDefault(count)))]));
            }
        }
        return columns;
    }

    private static IEnumerable<(string Header, string Metric, double Unit)> Percentiles(string name, string family, string unit, double factor) =>
        new[] { "50", "90", "99", "99.9" }.Select(percentile => ($"{name}\np{percentile} {unit}", MetricNames.Percentile(family, percentile), factor));

    private string Cell(ResultRow row, string metric, double unit)
    {
        if (row.Estimate(metric) is not { } estimate)
        {
            return "–";
        }
        bool tooFew = row.HasTooFew(metric);
        anyTooFew |= tooFew;
        bool isBeyond = MetricNames.IsShare(metric) && (estimate.Mean + estimate.Half > 1 || estimate.Mean - estimate.Half < 0);
        string text = (isBeyond ? ValueText.Share(estimate) : ValueText.WithHalf(estimate.Mean * unit, estimate.Half * unit)) + (tooFew ? TooFew : "");
        if (comparisons.Of(row, metric) is not { } comparison)
        {
            return text;
        }
        anySignificant |= comparison.StaysSignificant;
        string difference = comparison.Paired.IsAlike ? "≈" : ValueText.Relative(comparison.Paired.Relative);
        return $"{text}\n{difference}{(comparison.StaysSignificant ? Significant : "")}";
    }

    private Table Render(List<TableColumn> columns)
    {
        var rendered = new Table { Border = TableBorder.Rounded };
        foreach (TableColumn column in columns)
        {
            var spectre = new Spectre.Console.TableColumn(new Text(column.Header)) { NoWrap = true };
            rendered.AddColumn(column.IsText ? spectre : spectre.RightAligned());
        }
        for (int row = 0; row < rows.Length; row++)
        {
            if (row > 0 && !rows[row].AxisValues.SequenceEqual(rows[row - 1].AxisValues))
            {
                rendered.AddEmptyRow();
            }
            rendered.AddRow(columns.Select(column => new Text(column.Cells[row])));
        }
        return rendered;
    }

    /// <summary>What the marks in the cells mean, and warnings, a sentence each; to be asked after the columns.</summary>
    internal IEnumerable<string> Notes()
    {
        if (rows.Any(row => row.Repetitions > 1))
        {
            yield return $"± half the 95 % interval over repetitions; below it the paired difference from '{table.Baseline}' with half of its own, ≈ where that includes zero.";
        }
        else if (rows.Any(row => row.Batches.Count > 0))
        {
            yield return "± half the 95 % interval by batches of the one repetition; differences need repetitions (--repeat).";
        }
        if (anySignificant)
        {
            yield return "† significant at 5 % even with all differences of its column looked at together (Holm).";
        }
        if (rows.Any(row => row.Saturation is SaturationState.Overloaded))
        {
            yield return "overloaded: more came than could be served, so times grow with the length of the run and say little.";
        }
        if (new SampleCounts(rows).Sentence() is { } over)
        {
            yield return over;
        }
        int unserved = rows.Count(row => row.Counts.GetValueOrDefault(CountNames.Calls) > 0 && row.Counts.GetValueOrDefault(CountNames.Finished) == 0);
        if (unserved > 0)
        {
            yield return $"warning: no call finished{(rows.Length == 1 ? "" : $" in {unserved} of {rows.Length} rows")}: there is nothing to measure.";
        }
        long calls = rows.Sum(row => row.Counts.GetValueOrDefault(CountNames.Calls));
        long refused = rows.Sum(row => row.Counts.GetValueOrDefault(CountNames.Refused));
        if (refused > 0)
        {
            string many = refused == calls ? $"all {refused} calls were" : refused == 1 ? "1 call was" : $"{refused} calls were";
            yield return $"warning: {many} refused: {Refusals()}; their workflows went on";
        }
        long heldBack = rows.Sum(row => row.Counts.GetValueOrDefault(CountNames.HeldBack));
        if (heldBack > 0)
        {
            yield return $"held by record: {heldBack} {(heldBack == 1 ? "release" : "releases")} came at the recorded start, later than what they waited for; a faster engine does not make them earlier.";
        }
        if (anyTooFew)
        {
            string needed = string.Join(", ", new[] { 90, 99, 99.9 }.Select(
                percentile => string.Create(CultureInfo.InvariantCulture, $"p{percentile} {TailSamples.Needed(percentile)}")));
            yield return $"{TooFew} n too small: a repetition has too few samples to trust this percentile; needed: {needed}.";
        }
        yield return table.StampSentence;
    }

    /// <summary>Why calls were refused, as far as it was counted.</summary>
    private string Refusals()
    {
        (string Why, string Count)[] reasons =
        [
            ("longer than max_model_len", CountNames.RefusedForModelLength),
            ("longer than the KV pool", CountNames.RefusedForKvMemory),
        ];
        string[] told =
        [
            .. reasons.Select(reason => (reason.Why, Calls: rows.Sum(row => row.Counts.GetValueOrDefault(reason.Count))))
                .Where(reason => reason.Calls > 0).Select(reason => $"{reason.Calls} {reason.Why}"),
        ];
        return told.Length > 0 ? string.Join(", ", told) : "too long for max_model_len or the KV pool";
    }
}
