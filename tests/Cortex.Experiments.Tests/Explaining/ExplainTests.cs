using System.Globalization;
using System.Text.RegularExpressions;
using Cortex.Experiments.Tests.Timelines;
using Xunit;

namespace Cortex.Experiments.Tests.Explaining;

/// <summary>What <c>cortex explain</c> tells, held against what the runs wrote.</summary>
public sealed class ExplainTests : IDisposable
{
    // Scarce memory and few seats, so that calls wait and are preempted.
    private const string Scarce = """
        workload: {trace: trace.jsonl}
        cluster:
          engines:
            - {name: a, count: 1, num_blocks: 70, max_model_len: 1000, max_num_seqs: 4}
            - {name: b, count: 2, num_blocks: 70, max_model_len: 1000, max_num_seqs: 4}
        policies:
          baseline: {}
          short: {scheduling: shortest-first}
          turns: {routing: round-robin}
          sticky: {routing: {name: session-sticky, max_imbalance: 2}, scheduling: priority}
          prefix: {routing: {name: prefix-aware, balance_abs: 3, balance_rel: 1.25}}
          drawn: {routing: power-of-two}
          isolated: {pooling: {name: stage-isolated, shares: plan=1 write=2}}
        sweep: {workload.load: [1, 2]}
        repeat: 2

        """;

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("baseline")]
    [InlineData("short")]
    [InlineData("turns")]
    [InlineData("sticky")]
    [InlineData("prefix")]
    [InlineData("drawn")]
    [InlineData("isolated")]
    public void A_stored_cell_is_run_again_to_the_last_decision(string policy)
    {
        Sweep();
        foreach (string cell in (string[])[$"{policy},workload.load=1,repetition=1", $"{policy},workload.load=2,repetition=2"])
        {
            string text = Explain($"{folder["out/scarce"]}:{cell}");
            Assert.StartsWith(cell.Replace(",", ", ", StringComparison.Ordinal).Replace("repetition=", "repetition ", StringComparison.Ordinal), text, StringComparison.Ordinal);
            Assert.Contains("decides as the stored run did", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("workload.players=closed", "workload.load=3", "workload.max_think=2ms", "workload.declare_max=true")]
    [InlineData("workload.arrivals=poisson", "slo.ttft=1s", "statistics.warmup=100ms", "seed=9")]
    [InlineData("costs.model=constant", "costs.prefill=10ms", "cluster.engines.async_scheduling=false", "cluster.engines.watermark=0.05")]
    [InlineData("costs.planning_time=3ms", "cluster.engines.async_scheduling=false")]
    [InlineData("cluster.engines.dialect=vidur-sarathi", "cluster.engines.async_scheduling=false", "cluster.engines.release=0.27", "cluster.engines.b.tp=2")]
    public void Every_setting_comes_back_from_the_manifest(params string[] set)
    {
        Assert.True(Run(set) == ExitCode.Ok, console.Errors.ToString());
        Assert.Contains("decides as the stored run did", Explain(folder["out/scarce/run"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Models_and_step_times_in_files_come_back_from_the_manifest()
    {
        folder.Write("times.json", """
            {"format":"cortex-step-times-2","source":"made up","tokens":[1,256],"held_out_errors":[0,0,0],
             "alone":{"seconds":[0.001,0.04],"terms":{"decode_row":0.0005,"decode_context":0.000001,"prefill_row":0.001,"prefill_context":0,"prefill_pair":0.0000001}}}
            """);
        // A simulation asks for the shape of a model, not for its weights.
        folder.Write("models/mine/config.json", """
            {"model_type":"llama","hidden_size":64,"num_attention_heads":2,"num_hidden_layers":2,"intermediate_size":128,"vocab_size":256,"max_position_embeddings":2048}
            """);
        string[] set = ["cluster.engines.engine=cpu", $"cluster.engines.model={folder["models/mine"]}", "cluster.engines.b.threads=1", "costs.model=fitted", $"costs.file={folder["times.json"]}"];
        Assert.True(Run(set) == ExitCode.Ok, console.Errors.ToString());
        Assert.Contains("decides as the stored run did", Explain(folder["out/scarce/run"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_run_of_engines_that_compute_is_told_by_its_journal_alone()
    {
        Assert.Equal(ExitCode.Ok, Run([]));
        string manifest = folder["out/scarce/run/manifest.json"];
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"settings\": {", "\"settings\": {\"measured\": true, \"take\": 0,", StringComparison.Ordinal));
        Bad("was run live, and no two live runs are alike; allowed: its journal", null, folder["out/scarce/run"]);
    }

    [Fact]
    public void A_cell_can_be_named_by_its_key()
    {
        Sweep();
        string file = Directory.GetFiles(folder["out/scarce/cells"])[3];
        string text = Explain(file);
        Assert.Equal(text, Explain(file[..^".json".Length]));
        Assert.Equal(text, Explain(Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file)[..12])));
        Assert.Contains("decides as the stored run did", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_story_of_a_workflow_has_every_call_with_its_times()
    {
        Assert.Equal(ExitCode.Ok, Run([]));
        Dictionary<string, string[]> calls = File.ReadAllLines(folder["out/scarce/run/calls.csv"])[1..]
            .Select(line => line.Split(',')).Where(row => row[0] == "w3").ToDictionary(row => row[1]);
        string text = Explain(folder["out/scarce/run"], "w3");
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
        Assert.Equal(text, Explain(folder["out/scarce/run"], "3"));
    }

    [Fact]
    public void Without_a_workflow_the_longest_is_told()
    {
        Assert.Equal(ExitCode.Ok, Run([]));
        string text = Explain(folder["out/scarce/run"]);
        Assert.Contains("the workflow that took longest; --workflow names another", text, StringComparison.Ordinal);
        double longest = Took(text);
        for (int i = 0; i < 12; i++)
        {
            Assert.True(Took(Explain(folder["out/scarce/run"], $"w{i}")) <= longest);
        }
    }

    [Fact]
    public void Where_two_cells_route_differently_both_views_are_shown_and_the_one_decision_is_flipped()
    {
        Sweep();
        string text = Compare("baseline", "turns");
        Assert.Matches(@"the first decision that differs, after \d+ equal ones\n  A, at .*: node \d of w\d+ \(\w+\) goes to a-0,.*\n(.*\n)*?  B, at .* goes to b-\d", text);
        Assert.Equal(2, Regex.Count(text, @"\n +worker +running +waiting +to compute +cached\n"));
        Assert.Contains("\nif A takes just that decision as B does", text, StringComparison.Ordinal);
        // Twelve workflows, of which all end: means of the blame add up in each line.
        foreach (Match line in Regex.Matches(text, @"\n(A|B|A with that one as in B) +(\d+\.\d{4})((?: +\d+\.\d{4}){6})"))
        {
            double sum = line.Groups[3].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(part => double.Parse(part, CultureInfo.InvariantCulture));
            Assert.Equal(double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture), sum, 5e-4);
        }
    }

    [Fact]
    public void Where_two_cells_admit_another_call_first_the_two_change_places()
    {
        Sweep();
        string text = Compare("baseline", "short");
        Assert.Matches(@"\n  A, at .*: (a|b)-\d admits node", text);
        Assert.Matches(@"\n  B, at .*: (a|b)-\d admits node", text);
        Assert.Contains("\nif A takes just that decision as B does", text, StringComparison.Ordinal);
        Assert.Matches(@"\nA with that one as in B +\d", text);
    }

    [Fact]
    public void What_a_pool_forbids_is_flipped_the_other_way_round()
    {
        Sweep();
        string text = Compare("isolated", "baseline");
        Assert.Contains("\nif B takes just that decision as A does, and goes on with its own policies\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_cells_decide_alike()
    {
        Sweep();
        Assert.Matches(@"A and B decide alike: [\d,]+ decisions", Compare("baseline", "baseline"));
    }

    [Fact]
    public void A_workflow_can_be_followed_through_both_cells_and_the_flip()
    {
        Sweep();
        string text = Compare("baseline", "turns", "w7");
        Assert.Matches(@"\nfrom A to B, workflow w7: \d+\.\d+ s → \d+\.\d+ s", text);
        Assert.Matches(@"\nworkflow w7: ", text);
    }

    [Theory]
    [InlineData("out/scarce", "names 28 cells, such as 'baseline,workload.load=1,repetition=1'")]
    [InlineData("out/scarce:shrt", "unknown policy set 'shrt'; the nearest is 'short'")]
    [InlineData("out/scarce:short,load=1", "unknown axis 'load'; the nearest is 'workload.load'")]
    [InlineData("out/scarce:short,workload.load=3", "names no cell; allowed: ")]
    [InlineData("out/scarce:short,workload.load=1,repetition=3", "names no cell; allowed: ")]
    [InlineData("out/scarce/cells/0000000000000000", "names no cell; allowed: ")]
    [InlineData("out", "holds no results: ")]
    [InlineData("nowhere:short", "holds no results: manifest.json: there is no such file; allowed: ")]
    public void A_cell_that_is_none_is_bad_input(string cell, string what)
    {
        Sweep();
        Bad(what, null, folder[cell]);
    }

    [Fact]
    public void A_damaged_manifest_another_trace_or_an_unknown_workflow_is_bad_input()
    {
        Assert.Equal(ExitCode.Ok, Run([]));
        Bad("has no such workflow; allowed: an id such as w0, or a number from 0 to 11", "w99", folder["out/scarce/run"]);
        File.Copy(folder["trace.jsonl"], folder["kept.jsonl"]);
        folder.Write("other.jsonl", FanOutTrace.Text(workflows: 3));
        Assert.Equal(ExitCode.Ok, Run(["workload.trace=" + folder["other.jsonl"], "name=other"]));
        Bad("the cells play different traces, trace.jsonl and other.jsonl", null, folder["out/scarce/run"], folder["out/other/run"]);
        File.Delete(folder["other.jsonl"]);
        Bad("other.jsonl", null, folder["out/other/run"]);
        File.WriteAllText(folder["out/scarce/run/manifest.json"], "{\"traces\": [");
        Bad("manifest.json: damaged: ", null, folder["out/scarce/run"]);
    }

    [Fact]
    public void A_journal_tells_the_same_story_as_the_run_that_wrote_it()
    {
        Assert.Equal(ExitCode.Ok, Run([], folder["run.journal"]));
        string[] run = Story(Explain(folder["out/scarce/run"], "w3").Replace("w3", "3", StringComparison.Ordinal).Replace(" fetch: ", " tool: ", StringComparison.Ordinal));
        Assert.Contains(run, line => line.Contains(": tool from ", StringComparison.Ordinal));
        Assert.Contains(run, line => line.Contains("on the critical path", StringComparison.Ordinal));
        string text = Explain(folder["run.journal"], "3");
        Assert.Equal(run, Story(text));
        Assert.Contains("replayed with every decision as the journal says", text, StringComparison.Ordinal);
        Assert.Contains("the workflow that took longest; --workflow names another", Explain(folder["run.journal"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_journals_show_where_they_part_and_what_that_changed()
    {
        Assert.Equal(ExitCode.Ok, Run([], folder["a.journal"]));
        Assert.Equal(ExitCode.Ok, Run(["policies.baseline.routing=round-robin"], folder["b.journal"]));
        string text = Explain("7", folder["a.journal"], folder["b.journal"]);
        Assert.Matches(@"the first decision that differs, after \d+ equal ones\n  A, at .*: node \d of \d+ \(\w+\) goes to a-0,.*\n  B, at .* goes to b-\d", text);
        Assert.Matches(@"\nB +\d+\.\d{4}", text);
        Assert.Matches(@"\nfrom A to B, workflow 7: \d+\.\d+ s → \d+\.\d+ s", text);
        Assert.Matches(@"A and B decide alike: [\d,]+ decisions", Explain(null, folder["a.journal"], folder["a.journal"]));
    }

    [Fact]
    public void A_damaged_journal_one_beside_a_cell_or_an_unknown_workflow_is_bad_input()
    {
        Assert.Equal(ExitCode.Ok, Run([], folder["a.journal"]));
        Bad("a journal and a cell; allowed: two of a kind", null, folder["a.journal"], folder["out/scarce/run"]);
        Bad("has no such workflow; allowed: an id such as 0, or a number from 0 to 11", "12", folder["a.journal"]);
        byte[] bytes = File.ReadAllBytes(folder["a.journal"]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(folder["a.journal"], bytes);
        Bad("a.journal: record ", null, folder["a.journal"]);
    }

    /// <summary>Without the title and what routing policies saw.</summary>
    private static string[] Story(string text) => [.. text.Split('\n').Skip(1).Where(line => Regex.IsMatch(line, @"^(node|workflow|  of which|  \d)"))];

    private static string Seconds(string nineDecimals) =>
        double.Parse(nineDecimals, CultureInfo.InvariantCulture).ToString("F6", CultureInfo.InvariantCulture);

    private static double Took(string text) =>
        double.Parse(Regex.Match(text, @"and takes (\d+\.\d+) s\n").Groups[1].Value, CultureInfo.InvariantCulture);

    private string Compare(string a, string b, string? workflow = null) => Explain(
        workflow, $"{folder["out/scarce"]}:{a},workload.load=2,repetition=1", $"{folder["out/scarce"]}:{b},workload.load=2,repetition=1");

    private string Explain(string cell, string? workflow = null) => Explain(workflow, [cell]);

    private string Explain(string? workflow, params string[] cells)
    {
        TestConsole told = new();
        var options = new ExplainOptions { Cells = cells, Workflow = workflow };
        Assert.True(Cortex.Experiments.Explain.Run(options, told.Console, told.Errors, CancellationToken.None) == ExitCode.Ok, told.Errors.ToString());
        return told.Text.ReplaceLineEndings("\n");
    }

    private void Bad(string what, string? workflow, params string[] cells)
    {
        TestConsole told = new();
        Assert.Equal(
            ExitCode.BadInput,
            Cortex.Experiments.Explain.Run(new ExplainOptions { Cells = cells, Workflow = workflow }, told.Console, told.Errors, CancellationToken.None));
        Assert.Contains(what, Assert.Single(told.Errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(told.Text);
    }

    private void Sweep()
    {
        var options = new SweepOptions { File = WriteExperiment(), ResultsFolder = folder["out"], Jobs = 1 };
        Assert.True(Cortex.Experiments.Sweep.Run(options, console.Console, console.Errors, CancellationToken.None) == ExitCode.Ok, console.Errors.ToString());
    }

    private int Run(string[] set, string? journal = null) => SingleRun.Run(
        new RunOptions { File = WriteExperiment(), Set = set, Journal = journal, ResultsFolder = folder["out"] }, console.Console, console.Errors, CancellationToken.None);

    private string WriteExperiment()
    {
        folder.Write("trace.jsonl", FanOutTrace.Text(workflows: 12));
        return folder.Write("scarce.yaml", Scarce);
    }
}
