using System.Text.Json;
using System.Text.Json.Nodes;
using Cortex.CostModels;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Report;
using Cortex.Experiments.Results;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class CostStampTests : IDisposable
{
    private const string Functional = "Step times: roofline (functional: not calibrated against a machine).";

    private static readonly CostStamp Roofline = new("roofline", CostQualification.Functional);
    private static readonly CostStamp Fitted = new("fitted", CostQualification.Calibrated);

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sweep_carries_its_stamp_in_every_output()
    {
        Sweep();
        Assert.Equal(1, Count(console.Text, Functional));
        string[] lines = File.ReadAllLines(folder["out/small/results.csv"]);
        int column = Array.IndexOf(lines[0].Split(','), "qualification");
        Assert.All(lines[1..], line => Assert.Equal("functional", line.Split(',')[column]));
        JsonElement manifest = JsonDocument.Parse(File.ReadAllText(folder["out/small/manifest.json"])).RootElement;
        Assert.Equal("functional", manifest.GetProperty("qualification").GetString());
        Assert.All(manifest.GetProperty("rows").EnumerateArray(), row => Assert.Equal("functional", row.GetProperty("qualification").GetString()));
        Assert.Contains(Functional, File.ReadAllText(folder["out/small/report.html"]), StringComparison.Ordinal);
        AssertFigures("functional", "functional: not calibrated");
    }

    [Fact]
    public void Step_times_of_several_kinds_are_said_to_be_mixed_everywhere()
    {
        Sweep();
        string path = folder["out/small/manifest.json"];
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (JsonNode? row in manifest["rows"]!.AsArray().Where(row => (string?)row!["policy"] == "aware"))
        {
            row!["qualification"] = "validated";
        }
        File.WriteAllText(path, manifest.ToJsonString());
        Assert.Equal(ExitCode.Ok, Reporting.Run(new ReportOptions { Folder = folder["out/small"] }, console.Console, console.Errors, CancellationToken.None));
        string page = File.ReadAllText(folder["out/small/report.html"]);
        Assert.Contains("Step times, mixed: roofline (functional: not calibrated against a machine); roofline (validated: ", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\" class=\"text\">step times</th>", page, StringComparison.Ordinal);
        Assert.Equal(3, Count(page, "<td class=\"text\">validated</td>"));
        AssertFigures("mixed", "Step times, mixed");
    }

    [Fact]
    public void Another_word_than_these_is_no_manifest_of_ours()
    {
        Sweep();
        string path = folder["out/small/manifest.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"functional\"", "\"funtional\"", StringComparison.Ordinal));
        Assert.Equal(ExitCode.BadInput, Reporting.Run(new ReportOptions { Folder = folder["out/small"] }, console.Console, console.Errors, CancellationToken.None));
        Assert.Contains("unknown qualification 'funtional'", console.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixed_table_has_a_column_and_a_sentence()
    {
        var result = new CellResult(new(), new() { [MetricNames.CallsPerSecond] = 2 }, new(), "");
        var table = ResultTable.Of(["costs.model"], "a", [new("a", ["roofline"], Roofline, [result]), new("a", ["fitted"], Fitted, [result])]);
        console.Console.Profile.Width = 1000;
        new ComparisonTable(table).Print(console.Console);
        Assert.Contains("step times", console.Text, StringComparison.Ordinal);
        Assert.Contains("calibrated", console.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Step times, mixed: roofline (functional: not calibrated against a machine); fitted (calibrated: fitted to measurements of a machine).", console.Text, StringComparison.Ordinal);
        Assert.Equal(["qualification", "functional", "calibrated"], ResultsCsv.Text(table).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')[4]));
    }

    [Fact]
    public void An_assertion_may_ask_for_it()
    {
        var options = new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"], Assert = ["qualification == calibrated"] };
        Assert.Equal(ExitCode.FailedAssertion, Experiments.Sweep.Run(options, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));
        Assert.Contains("qualification is functional", console.Errors.ToString(), StringComparison.Ordinal);
    }

    private void Sweep() => Assert.Equal(
        ExitCode.Ok,
        Experiments.Sweep.Run(new SweepOptions { File = Files.WriteSmall(folder), ResultsFolder = folder["out"] }, new AnalyticRunner(), console.Console, console.Errors, CancellationToken.None));

    /// <summary>Each figure says it below itself, in its data and in its script.</summary>
    private void AssertFigures(string word, string sentence)
    {
        string[] figures = Directory.GetFiles(folder["out/small/figures"], "*.svg");
        Assert.NotEmpty(figures);
        foreach (string figure in figures)
        {
            Assert.Contains(sentence, File.ReadAllText(figure), StringComparison.Ordinal);
            Assert.Contains(sentence, File.ReadAllText(Path.ChangeExtension(figure, "gp")), StringComparison.Ordinal);
            string[] data = File.ReadAllLines(Path.ChangeExtension(figure, "csv"));
            Assert.All(data[1..], line => Assert.EndsWith($",{word}", line, StringComparison.Ordinal));
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
