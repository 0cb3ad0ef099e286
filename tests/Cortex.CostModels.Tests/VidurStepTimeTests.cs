using Cortex.Policies;
using System.Globalization;
using Cortex.Testing;
using Xunit;

namespace Cortex.CostModels.Tests;

/// <summary>Every iteration of the peer's runs whose rows can be told from the requests takes the time that the peer gave it.</summary>
public sealed class VidurStepTimeTests
{
    private const string Outputs = "peers/vidur/outputs";
    private const string Iterations = "F_*_sarathi.iterations.csv.gz";

    [SharedTheory(Outputs + "/" + Iterations)]
    [SharedFiles(Outputs, Iterations)]
    public void Durations_equal_those_of_the_run(string file)
    {
        string workload = file["F_".Length..file.IndexOf("_sarathi", StringComparison.Ordinal)];
        VidurBatchReplay replay = new(Rows($"peers/vidur/inputs/{workload}.csv.gz")
            .Select(row => (Prompt: int.Parse(row[2], CultureInfo.InvariantCulture), Output: int.Parse(row[3], CultureInfo.InvariantCulture))));
        ClosedFormVidurCost cost = new();
        string[][] iterations = [.. Rows($"{Outputs}/{file}")];
        int agreed = 0;
        foreach (string[] row in iterations)
        {
            int decodes = int.Parse(row[4], CultureInfo.InvariantCulture);
            int prefills = int.Parse(row[5], CultureInfo.InvariantCulture);
            int prefillTokens = int.Parse(row[6], CultureInfo.InvariantCulture);
            if (!replay.TryStep(decodes, prefills, prefillTokens, out long context, out PrefillChunk[] chunks))
            {
                break;
            }
            double microseconds = cost.Mixed(decodes, context, chunks) * 1e6;
            double theirs = double.Parse(row[2], CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(microseconds - theirs) <= 0.6e-4, $"iteration {row[0]}: {microseconds} us, Vidur {theirs} us");
            agreed++;
        }
        string requests = $"{Outputs}/{file.Replace("iterations", "requests", StringComparison.Ordinal)}";
        int restartsColumn = Array.IndexOf(Gzip.Lines(Shared.PathOf(requests)).First().Split(','), "restarts");
        bool restarts = Rows(requests).Any(row => row[restartsColumn] != "0");
        Assert.True(agreed >= (restarts ? 100 : iterations.Length), $"only {agreed} of {iterations.Length} iterations could be told from the requests");
    }

    private static IEnumerable<string[]> Rows(string name) =>
        Gzip.Lines(Shared.PathOf(name)).Skip(1).Select(line => line.Split(','));
}
