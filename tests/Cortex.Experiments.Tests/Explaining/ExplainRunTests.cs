using System.Globalization;
using System.Text.RegularExpressions;
using Cortex.Experiments.Tests.Timelines;
using Xunit;

namespace Cortex.Experiments.Tests.Explaining;

/// <summary>What <c>cortex explain</c> tells of a run or of its journal, held against what the run wrote.</summary>
public sealed class ExplainRunTests : IDisposable
{
    private readonly ScarceExperiment scarce = new();

    public void Dispose() => scarce.Dispose();

    [Theory]
    [InlineData("workload.players=closed", "workload.load=3", "workload.max_think=2ms", "workload.declare_max=true")]
    [InlineData("workload.arrivals=poisson", "slo.ttft=1s", "statistics.warmup=100ms", "seed=9")]
    [InlineData("costs.model=constant", "costs.prefill=10ms", "cluster.engines.async_scheduling=false", "cluster.engines.watermark=0.05")]
    [InlineData("costs.planning_time=3ms", "cluster.engines.async_scheduling=false")]
    [InlineData("cluster.engines.dialect=vidur-sarathi", "cluster.engines.async_scheduling=false", "cluster.engines.release=0.27", "cluster.engines.b.tp=2")]
    public void Every_setting_comes_back_from_the_manifest(params string[] set)
    {
        Assert.True(scarce.Run(set) == ExitCode.Ok, scarce.Errors);
        Assert.Contains("decides as the stored run did", scarce.Explain(scarce["out/scarce/run"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Models_and_step_times_in_files_come_back_from_the_manifest()
    {
        scarce.Write("times.json", """
            {"format":"cortex-step-times-3","source":"made up","tokens":[1,256],"held_out_errors":[0,0,0],
             "alone":{"seconds":[0.001,0.04],"terms":{"decode_row":0.0005,"decode_context":0.000001,"decode_pair":0,"prefill_row":0.001,"prefill_context":0,"prefill_pair":0.0000001}}}
            """);
        // A simulation asks for the shape of a model, not for its weights.
        scarce.Write("models/mine/config.json", """
            {"model_type":"llama","hidden_size":64,"num_attention_heads":2,"num_hidden_layers":2,"intermediate_size":128,"vocab_size":256,"max_position_embeddings":2048}
            """);
        string[] set = ["cluster.engines.engine=cpu", $"cluster.engines.model={scarce["models/mine"]}", "cluster.engines.b.threads=1", "costs.model=fitted", $"costs.file={scarce["times.json"]}"];
        Assert.True(scarce.Run(set) == ExitCode.Ok, scarce.Errors);
        Assert.Contains("decides as the stored run did", scarce.Explain(scarce["out/scarce/run"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_run_of_engines_that_compute_is_told_by_its_journal_alone()
    {
        Assert.Equal(ExitCode.Ok, scarce.Run([]));
        string manifest = scarce["out/scarce/run/manifest.json"];
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"settings\": {", "\"settings\": {\"measured\": true, \"take\": 0,", StringComparison.Ordinal));
        scarce.Bad("was run live, and no two live runs are alike; allowed: its journal", null, scarce["out/scarce/run"]);
    }

    [Fact]
    public void The_story_of_a_workflow_has_every_call_with_its_times()
    {
        Assert.Equal(ExitCode.Ok, scarce.Run([]));
        Dictionary<string, string[]> calls = File.ReadAllLines(scarce["out/scarce/run/calls.csv"])[1..]
            .Select(line => line.Split(',')).Where(row => row[0] == "w3").ToDictionary(row => row[1]);
        string text = scarce.Explain(scarce["out/scarce/run"], "w3");
        Assert.Equal(5, calls.Count);
        foreach (string[] row in calls.Values)
        {
            string story = Regex.Match(text, $@"\nnode {row[1]} .*: call with {int.Parse(row[7], CultureInfo.InvariantCulture):N0} prompt tokens.*\n((  .*\n)+)").Groups[1].Value;
            Assert.Contains($"{Seconds(row[3])} s", story, StringComparison.Ordinal);
            Assert.Matches($@"goes to {row[11]}, one of 3 workers \(routing: least-work\)", story);
            Assert.Matches($@"→ {row[11]} ", story);
            Assert.Contains($"{Seconds(row[4])} s", story, StringComparison.Ordinal);
            Assert.Matches($@"{Seconds(row[5])} s\s+first token", story);
            Assert.Matches($@"{Seconds(row[6])} s\s+finished, {row[8]} tokens of output", story);
            Assert.Equal(int.Parse(row[10], CultureInfo.InvariantCulture), Regex.Count(story, "preempts"));
        }
        Assert.Contains("node 4 fetch: tool from ", text, StringComparison.Ordinal);
        Assert.Equal(text, scarce.Explain(scarce["out/scarce/run"], "3"));
    }

    [Fact]
    public void Without_a_workflow_the_longest_is_told()
    {
        Assert.Equal(ExitCode.Ok, scarce.Run([]));
        string text = scarce.Explain(scarce["out/scarce/run"]);
        Assert.Contains("the workflow that took longest; --workflow names another", text, StringComparison.Ordinal);
        double longest = Took(text);
        for (int i = 0; i < 12; i++)
        {
            Assert.True(Took(scarce.Explain(scarce["out/scarce/run"], $"w{i}")) <= longest);
        }
    }

    [Fact]
    public void A_damaged_manifest_another_trace_or_an_unknown_workflow_is_bad_input()
    {
        Assert.Equal(ExitCode.Ok, scarce.Run([]));
        scarce.Bad("has no such workflow; allowed: an id such as w0, or a number from 0 to 11", "w99", scarce["out/scarce/run"]);
        File.Copy(scarce["trace.jsonl"], scarce["kept.jsonl"]);
        scarce.Write("other.jsonl", FanOutTrace.Text(workflows: 3));
        Assert.Equal(ExitCode.Ok, scarce.Run(["workload.trace=" + scarce["other.jsonl"], "name=other"]));
        scarce.Bad("the cells play different traces, trace.jsonl and other.jsonl", null, scarce["out/scarce/run"], scarce["out/other/run"]);
        File.Delete(scarce["other.jsonl"]);
        scarce.Bad("other.jsonl", null, scarce["out/other/run"]);
        File.WriteAllText(scarce["out/scarce/run/manifest.json"], "{\"traces\": [");
        scarce.Bad("manifest.json: damaged: ", null, scarce["out/scarce/run"]);
    }

    [Fact]
    public void A_journal_tells_the_same_story_as_the_run_that_wrote_it()
    {
        Assert.Equal(ExitCode.Ok, scarce.Run([], scarce["run.journal"]));
        string[] run = Story(scarce.Explain(scarce["out/scarce/run"], "w3").Replace("w3", "3", StringComparison.Ordinal).Replace(" fetch: ", " tool: ", StringComparison.Ordinal));
        Assert.Contains(run, line => line.Contains(": tool from ", StringComparison.Ordinal));
        Assert.Contains(run, line => line.Contains("on the critical path", StringComparison.Ordinal));
        string text = scarce.Explain(scarce["run.journal"], "3");
        Assert.Equal(run, Story(text));
        Assert.Contains("replayed with every decision as the journal says", text, StringComparison.Ordinal);
        Assert.Contains("the workflow that took longest; --workflow names another", scarce.Explain(scarce["run.journal"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_journals_show_where_they_part_and_what_that_changed()
    {
        Assert.Equal(ExitCode.Ok, scarce.Run([], scarce["a.journal"]));
        Assert.Equal(ExitCode.Ok, scarce.Run(["policies.baseline.routing=round-robin"], scarce["b.journal"]));
        string text = scarce.Explain("7", scarce["a.journal"], scarce["b.journal"]);
        Assert.Matches(@"the first decision that differs, after \d+ equal ones\n  A, at .*: node \d of \d+ \(\w+\) goes to a-0,.*\n  B, at .* goes to b-\d", text);
        Assert.Matches(@"\nB +\d+\.\d{4}", text);
        Assert.Matches(@"\nfrom A to B, workflow 7: \d+\.\d+ s → \d+\.\d+ s", text);
        Assert.Matches(@"A and B decide alike: [\d,]+ decisions", scarce.Explain(null, scarce["a.journal"], scarce["a.journal"]));
    }

    [Fact]
    public void A_damaged_journal_one_beside_a_cell_or_an_unknown_workflow_is_bad_input()
    {
        Assert.Equal(ExitCode.Ok, scarce.Run([], scarce["a.journal"]));
        scarce.Bad("a journal and a cell; allowed: two of a kind", null, scarce["a.journal"], scarce["out/scarce/run"]);
        scarce.Bad("has no such workflow; allowed: an id such as 0, or a number from 0 to 11", "12", scarce["a.journal"]);
        byte[] bytes = File.ReadAllBytes(scarce["a.journal"]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(scarce["a.journal"], bytes);
        scarce.Bad("a.journal: record ", null, scarce["a.journal"]);
    }

    /// <summary>Without the title and what routing policies saw.</summary>
    private static string[] Story(string text) => [.. text.Split('\n').Skip(1).Where(line => Regex.IsMatch(line, @"^(node|workflow|  of which|  \d)"))];

    private static string Seconds(string nineDecimals) =>
        double.Parse(nineDecimals, CultureInfo.InvariantCulture).ToString("F6", CultureInfo.InvariantCulture);

    private static double Took(string text) =>
        double.Parse(Regex.Match(text, @"and takes (\d+\.\d+) s\n").Groups[1].Value, CultureInfo.InvariantCulture);
}
