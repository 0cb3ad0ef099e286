using System.Globalization;
using System.Text;
using Cortex.Experiments.Results;
using Cortex.Experiments.Statistics;
using Cortex.Serving.Parity;
using Spectre.Console;

namespace Cortex.Experiments.Validation;

/// <summary>What <c>cortex validate</c> finds, printed and as <c>validation.csv</c>.</summary>
internal sealed record ValidationReport(
    IReadOnlyList<string> Axes, IReadOnlyList<TimeError> Times, IReadOnlyList<ErrorBudget> Budgets, IReadOnlyList<PolicyGain> Gains, LiveParity Parity)
{
    /// <summary>Every time that has a bound keeps to it.</summary>
    public bool Holds => Times.All(time => time.Holds != false);

    /// <summary>Every live run replays, and was executed as planned.</summary>
    public bool HasParity => Parity.Identical == Parity.Runs && Parity.AsPlanned == Parity.Executed;

    public void Print(IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine("Times of calls, simulated against live; a second live run of the baseline is the yardstick");
        console.WriteLine($"{"",-34}{"time",-14}{"live ms",12}{"simulated",12}{"error",9}{"live again",12}{"allowed",9}");
        foreach (TimeError time in Times)
        {
            console.WriteLine(Text(
                $"{Name(time.Row),-34}{time.Metric[..^2],-14}{time.Live * 1e3,12:F2}{time.Simulated * 1e3,12:F2}{Percent(time.Error),9}{Percent(time.Yardstick),12}{Percent(time.Allowed),9}{(time.Holds == false ? "  too far" : "")}"));
        }
        PrintLines(console);
        console.WriteLine();
        console.WriteLine("Error budget: simulated less live; parts of the workflow's time as shares of it");
        foreach (ErrorBudget budget in Budgets)
        {
            string parts = string.Join(", ", budget.Parts.Where(part => Math.Abs(part.Share) >= 0.0005).Select(part => $"{part.Part} {Signed(part.Share)}"));
            console.WriteLine(Text(
                $"{Name(budget.Live),-34}engines {Percent(budget.Busy)} busy; capacity {Signed(budget.Capacity)}, step times {Signed(budget.StepTime)} (one by one {Percent(budget.StepDistance)}), beside the steps {Percent(budget.Beside)} that is not simulated; workflows: {parts}"));
        }
        console.WriteLine();
        console.WriteLine("Gain in mean workflow time (below 0: faster), with 95 % intervals");
        foreach (PolicyGain gain in Gains)
        {
            console.WriteLine(Text(
                $"{Point(gain.AxisValues),-20}{gain.Set} over {gain.Over}: live {Range(gain.Live)}, predicted {Range(gain.Simulated)}{(gain.IsSignificant ? gain.AgreesInSign ? "" : ", the other way" : ", live not beyond chance")}"));
        }
        console.WriteLine(PolicyGain.KendallTau(Gains) is { } tau
            ? Text($"Kendall's tau over the {Gains.Count(gain => gain.IsSignificant)} pairs with a live difference beyond chance: {tau:F2}")
            : "no pair of policy sets has a live difference beyond chance");
        console.WriteLine();
        console.WriteLine(Text($"parity: {Parity.Identical} of {Parity.Runs} live runs replay identically; {Parity.AsPlanned:N0} of {Parity.Executed:N0} steps executed as planned"));
        console.WriteLine($"free simulation with the device times: {string.Join(", ", Parity.Axes.Select(axis => Text($"{axis.Axis.ToString().ToLowerInvariant()} {Math.Floor(axis.Share * 10_000) / 100:F2} %")))}");
    }

    /// <summary>How simulated times follow the live ones over loads and policy sets, by time: with a slope of 1 through 0 they are the same.</summary>
    private void PrintLines(IAnsiConsole console)
    {
        foreach (IGrouping<string, TimeError> times in Times.GroupBy(time => time.Metric))
        {
            if (LinearRegression.Of([.. times.Select(time => time.Live)], [.. times.Select(time => time.Simulated)]) is { SlopeError: { } error } line)
            {
                int points = times.Count();
                double half = error * MeanInterval.CriticalValue(points - 2, MeanInterval.DefaultLevel);
                console.WriteLine(Text(
                    $"{times.Key[..^2],-14}simulated = {line.Slope:F3} (±{half:F3}) × live {line.Intercept * 1e3:+ 0.00;- 0.00} ms over {points} points, R² {line.R2:F3}"));
            }
        }
    }

    public string Csv()
    {
        StringBuilder text = new(CsvText.Line([.. Axes, "policy", "metric", "live_s", "simulated_s", "error", "live_again", "allowed", "holds"]));
        foreach (TimeError time in Times)
        {
            text.Append(CsvText.Line(
            [
                .. time.Row.AxisValues, time.Row.Policy, time.Metric, Number(time.Live), Number(time.Simulated), Number(time.Error), Number(time.Yardstick), Number(time.Allowed),
                time.Holds is { } holds ? holds ? "true" : "false" : "",
            ]));
        }
        return text.ToString();
    }

    private string Name(ResultRow row) => $"{Point(row.AxisValues)} {row.Policy[..row.Policy.LastIndexOf(" (", StringComparison.Ordinal)]}".TrimStart();

    private string Point(IReadOnlyList<string> values) => string.Join(' ', Axes.Zip(values, (axis, value) => $"{axis.Split('.')[^1]}={value}"));

    private static string Range(Interval? gain) => gain is not { } one ? "not measured" : one.Low is { } low && one.High is { } high ? Text($"{one.Mean:+0.0 %;-0.0 %} [{low:+0.0 %;-0.0 %}, {high:+0.0 %;-0.0 %}]") : Text($"{one.Mean:+0.0 %;-0.0 %}");

    private static string Signed(double? share) => share is { } value ? Text($"{value:+0.0 %;-0.0 %;0.0 %}") : "not measured";

    private static string Percent(double? share) => share is { } value ? Text($"{value:0.0 %}") : "";

    private static string Number(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
