using Cortex.Policies;
using System.Globalization;
using Cortex.Testing;
using Xunit;

namespace Cortex.CostModels.Tests;

/// <summary>The roofline against time per output token that others measured on real servers with 16-bit weights.</summary>
public sealed class MeasuredServingTests
{
    private const string Points = "traces/aiconfigurator/silicon_sample.csv.gz";

    [SharedFact(Points)]
    public void Time_per_output_token_on_one_H100_is_within_15_percent()
    {
        RooflineCost cost = Shapes.Roofline("h100", "llama-3-8b");
        double[] ratios = [.. Measured(tensorParallel: 1).Select(point => Predicted(cost, point) / point.Tpot)];
        Assert.True(ratios.Length >= 40, $"{ratios.Length} points");
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.85, 1.15));
        Assert.InRange(ratios.Average(), 0.92, 1.05);
    }

    /// <summary>With eight GPUs a step of 3 ms is mostly the host's, which the roofline leaves out: it may only be too fast.</summary>
    [SharedFact(Points)]
    public void With_eight_GPUs_it_is_a_lower_bound()
    {
        RooflineCost cost = Shapes.Roofline("h100", "llama-3-8b", 8);
        double[] ratios = [.. Measured(tensorParallel: 8).Select(point => Predicted(cost, point) / point.Tpot)];
        Assert.True(ratios.Length >= 40, $"{ratios.Length} points");
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.35, 1.05));
    }

    /// <summary>A closed loop of so many clients: decode steps, and for each token its share of the prefills that hold everybody up.</summary>
    private static double Predicted(RooflineCost cost, Point point) =>
        cost.Decode(point.Batch, (long)point.Batch * (point.Prompt + (point.Output / 2)))
        + (point.Batch * cost.Prefill(new PrefillChunk(0, point.Prompt)) / point.Output);

    private static IEnumerable<Point> Measured(int tensorParallel)
    {
        string[] columns = Gzip.Lines(Shared.PathOf(Points)).First().Split(',');
        int Column(string name) => Array.IndexOf(columns, name);
        int Number(string[] row, string name) => int.Parse(row[Column(name)], CultureInfo.InvariantCulture);
        return Gzip.Lines(Shared.PathOf(Points)).Skip(1)
            .Select(line => line.Split(','))
            .Where(row => row[Column("system")] == "h100_sxm" && row[Column("model_path")] == "meta-llama/Llama-3.1-8B-Instruct"
                && row[Column("precision")].Length == 0 && Number(row, "tp_size") == tensorParallel)
            .Select(row => new Point(
                Number(row, "batch_size"), Number(row, "isl"), Number(row, "osl"),
                double.Parse(row[Column("silicon_tpot_ms")], CultureInfo.InvariantCulture) / 1e3));
    }

    private readonly record struct Point(int Batch, int Prompt, int Output, double Tpot);
}
