using System.Reflection;
using System.Text.Json;
using Cortex.Testing;
using Xunit.Sdk;

namespace Cortex.Experiments.Tests.Statistics;

/// <summary>What SciPy, NumPy and statsmodels compute: every case of every file in the folder.</summary>
internal static class StatisticsCases
{
    public const string Folder = "peers/statistics";
    public const string Pattern = "*.json";

    private static readonly Lazy<IReadOnlyDictionary<string, StatisticsCase[]>> Files = new(() =>
        Shared.Files(Folder, Pattern).ToDictionary(file => file, Read));

    public static IEnumerable<(string File, StatisticsCase Case)> All =>
        Shared.Files(Folder, Pattern).SelectMany(file => Files.Value[file].Select(one => (file, one)));

    public static StatisticsCase Find(string file, int number) => Files.Value[file][number];

    private static StatisticsCase[] Read(string file)
    {
        JsonElement cases = JsonDocument.Parse(File.ReadAllText(Shared.PathOf($"{Folder}/{file}"))).RootElement.GetProperty("cases");
        var read = new List<StatisticsCase>();
        double[] sample = [];
        JsonElement[] all = [.. cases.EnumerateArray()];
        for (int number = 0; number < all.Length; number++)
        {
            sample = Sample(all, number) ?? sample;
            read.Add(new StatisticsCase(number, all[number], sample));
        }
        return [.. read];
    }

    /// <summary>
    /// "As before" is the sample of the case before; but where the quantiles start again from 0, the sample of that group stands at its second case.
    /// </summary>
    private static double[]? Sample(JsonElement[] all, int number)
    {
        if (!all[number].TryGetProperty("x", out JsonElement x))
        {
            return null;
        }
        bool startsGroup = x.ValueKind == JsonValueKind.String && all[number].GetProperty("q").GetDouble() == 0;
        x = startsGroup ? all[number + 1].GetProperty("x") : x;
        return x.ValueKind == JsonValueKind.Array ? StatisticsCase.Numbers(x) : null;
    }
}

/// <param name="Number">From 0.</param>
/// <param name="X">The sample, if the case has one.</param>
internal sealed record StatisticsCase(int Number, JsonElement Json, double[] X)
{
    public string What => Json.GetProperty("what").GetString()!;
    public double Level => Json.GetProperty("level").GetDouble();
    public JsonElement Gives => Json.GetProperty("gives");

    public double Value(string key) => Json.GetProperty(key).GetDouble();

    public double[] Sample(string key) => Numbers(Json.GetProperty(key));

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}

/// <summary>A row for each case of one kind: its file and its number there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StatisticsCasesAttribute(string what) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => StatisticsCases.All
        .Where(one => one.Case.What == what)
        .Select(one => new object[] { one.File, one.Case.Number });
}
