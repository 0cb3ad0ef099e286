using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cortex.Experiments.Benchmarks;

/// <summary>What was measured, round by round, and how it is told.</summary>
internal sealed class BenchReport
{
    private readonly SpeedFigure[] figures;
    private readonly BenchPlaces places;
    private readonly Dictionary<IMeasurement, List<SortedDictionary<string, double>>> rounds = [];

    public BenchReport(SpeedFigure[] figures, BenchPlaces places)
    {
        this.figures = figures;
        this.places = places;
        Measurements = [.. figures.Where(figure => Missing(figure) is null).SelectMany(figure => figure.Of).Distinct()];
    }

    /// <summary>What is to be measured: all that the figures are made of, where nothing that they need is missing.</summary>
    public IReadOnlyList<IMeasurement> Measurements { get; }

    public void Add(IMeasurement measurement, SortedDictionary<string, double> numbers)
    {
        if (!rounds.TryGetValue(measurement, out List<SortedDictionary<string, double>>? all))
        {
            rounds.Add(measurement, all = []);
        }
        all.Add(numbers);
    }

    /// <summary>One object: each figure's median by its name, null where it was skipped.</summary>
    public string Json()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true }))
        {
            json.WriteStartObject();
            foreach (SpeedFigure figure in figures)
            {
                if (Missing(figure) is null)
                {
                    json.WriteNumber(figure.Name, Math.Round(Median.Of(Values(figure, figure.Value)), 4));
                }
                else
                {
                    json.WriteNull(figure.Name);
                }
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + Environment.NewLine;
    }

    /// <summary>A line a figure: median, target, whether it is met, lowest and highest; below, what was measured apart.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"figure",-29}{"median",12}  {"target",-11}{"",-9}lowest … highest");
        foreach (SpeedFigure figure in figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{figure.Name,-29}");
            if (Missing(figure) is { } file)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{"skipped",12}  {Target(figure),-11}needs {file}");
                continue;
            }
            double[] values = [.. Values(figure, figure.Value)];
            double median = Median.Of(values);
            text.Append(CultureInfo.InvariantCulture, $"{figure.Text(median),12}  {Target(figure),-11}{(figure.IsMet(median) ? "met" : "missed"),-9}");
            text.Append(CultureInfo.InvariantCulture, $"{figure.Text(values.Min())} … {figure.Text(values.Max())}");
            text.AppendLine(figure.Warm is { } warm ? $"; warm {figure.Text(Median.Of(Values(figure, warm)))}" : "");
        }
        foreach (IMeasurement measurement in Measurements)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{measurement.Name}:");
            foreach (string name in rounds[measurement][0].Keys)
            {
                double median = Median.Of(rounds[measurement].Select(numbers => numbers[name]));
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-27}{median,12:0.###}");
            }
        }
        return text.ToString();
    }

    private static string Target(SpeedFigure figure) => $"{(figure.AtLeast ? '≥' : '≤')} {figure.Text(figure.Target)}";

    private string? Missing(SpeedFigure figure) => figure.Of.Select(measurement => measurement.Missing(places)).FirstOrDefault(file => file is not null);

    private IEnumerable<double> Values(SpeedFigure figure, Func<SortedDictionary<string, double>[], double> value) =>
        Enumerable.Range(0, rounds[figure.Of[0]].Count).Select(round => value([.. figure.Of.Select(measurement => rounds[measurement][round])]));
}
