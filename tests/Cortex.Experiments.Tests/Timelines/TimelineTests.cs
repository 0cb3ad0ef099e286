using System.Globalization;
using Xunit;

namespace Cortex.Experiments.Tests.Timelines;

/// <summary>Timelines of whole runs, checked against the format and against what else the run wrote.</summary>
public sealed class TimelineTests : IDisposable
{
    // So little memory that calls are preempted, and two pools.
    private const string Scarce = """
        workload: {trace: trace.jsonl}
        cluster:
          engines:
            - {name: a, count: 1, num_blocks: 70, max_model_len: 1000}
            - {name: b, count: 2, num_blocks: 70, max_model_len: 1000}
        policies: {baseline: {pooling: {name: stage-isolated, shares: plan=1 write=2}}}

        """;

    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_call_stands_on_its_workflows_track_with_its_times()
    {
        TraceEvents timeline = Play();
        ILookup<string, Span> calls = timeline.Of("call").ToLookup(span => $"{WorkflowOf(span)},{span.Args["node"]}");
        string[] rows = File.ReadAllLines(folder["out/scarce/run/calls.csv"])[1..];
        Assert.NotEmpty(rows);
        Assert.Equal(rows.Length, timeline.Of("call").Count());
        foreach (string[] row in rows.Select(line => line.Split(',')))
        {
            Span call = Assert.Single(calls[$"{row[0]},{row[1]}"]);
            Assert.Equal(row[3], TraceEvents.Seconds(call.FromNs));
            Assert.Equal(row[6], TraceEvents.Seconds(call.ToNs));
            Assert.Equal((row[7], row[8], row[9], row[10], row[12]), (
                call.Args["prompt_tokens"], call.Args["output_tokens"], call.Args["hit_tokens"], call.Args["preemptions"], call.Args["state"]));
            Assert.Equal(row[11], call.Args.GetValueOrDefault("worker", ""));
            Span[] phases = [.. timeline.Of("phase").Where(phase => phase.Parent == call with { ToNs = -1 })];
            Assert.Equal("queue", phases[0].Name);
            Assert.Equal(row[4], phases.Length > 1 ? TraceEvents.Seconds(phases[0].ToNs) : "");
            Assert.Equal(int.Parse(row[10], CultureInfo.InvariantCulture) > 0, phases.Any(phase => phase.Name == "preempted"));
            Assert.Equal(call.ToNs - call.FromNs, phases.Sum(phase => phase.ToNs - phase.FromNs));
        }
        Assert.Contains(rows, row => row.EndsWith(",refused", StringComparison.Ordinal));
        Assert.Contains(timeline.Of("phase"), phase => phase.Name == "preempted");
    }

    [Fact]
    public void Phases_on_the_timeline_are_those_that_calls_are_blamed_for()
    {
        // The bundled workflows are chains, so that every call is on the critical path.
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { ResultsFolder = folder["out"], Timeline = folder["chains.json"], Set = ["workload.load=12"] }));
        TraceEvents timeline = TraceEvents.Read(folder["chains.json"]);
        Dictionary<string, string> results = Row(folder["out/quickstart/run/results.csv"]);
        int workflows = timeline.Of("workflow").Count();
        foreach (string part in (string[])["queue", "prefill", "decode"])
        {
            long ns = timeline.Of("phase").Where(phase => phase.Name == part).Sum(phase => phase.ToNs - phase.FromNs);
            Assert.Equal(double.Parse(results[$"blame_{part}_mean_s"], CultureInfo.InvariantCulture), ns / 1e9 / workflows, 1e-6);
        }
        long tool = timeline.Of("tool").Where(span => span.Process == "tools").Sum(span => span.ToNs - span.FromNs);
        Assert.Equal(double.Parse(results["blame_tool_mean_s"], CultureInfo.InvariantCulture), tool / 1e9 / workflows, 1e-6);
    }

    [Fact]
    public void Nodes_that_overlap_stand_side_by_side_and_all_of_a_workflow_lies_within_it()
    {
        TraceEvents timeline = Play();
        Assert.Contains(timeline.Of("call"), call => call.Track.EndsWith("‖ 2", StringComparison.Ordinal));
        Dictionary<string, Span> workflows = timeline.Of("workflow").ToDictionary(span => span.Name);
        foreach (Span node in timeline.Spans.Where(span => span is { Process: "workflows", Category: "call" or "tool" }))
        {
            Span workflow = workflows[WorkflowOf(node)];
            Assert.InRange(node.FromNs, workflow.FromNs, node.ToNs);
            Assert.InRange(node.ToNs, node.FromNs, workflow.ToNs);
        }
        Assert.Equal(
            timeline.Of("tool").Count(span => span.Process == "workflows"),
            timeline.Of("tool").Count(span => span.Process == "tools"));
        Assert.NotEmpty(timeline.Of("tool"));
    }

    [Fact]
    public void Engines_stand_in_their_pools_with_their_steps_queues_and_memory()
    {
        TraceEvents timeline = Play();
        Span[] steps = [.. timeline.Of("step")];
        Assert.Equal(
            ["pool 0: plan/a-0", "pool 1: write/b-0", "pool 1: write/b-1"],
            steps.Select(step => $"{step.Process}/{step.Track}").Distinct().Order(StringComparer.Ordinal));
        foreach (IGrouping<string, Span> engine in steps.GroupBy(step => step.Track))
        {
            Span[] inOrder = [.. engine.OrderBy(step => step.FromNs)];
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.ToNs <= pair.Second.FromNs));
            // Numbers without a gap: a span of several steps stands for as many numbers.
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.Equal(Number(pair.First, "step") + Number(pair.First, "steps"), Number(pair.Second, "step")));
        }
        Assert.Equal(6, timeline.Counters.Count);
        foreach ((string name, List<(long Ns, Dictionary<string, string> Values)> counter) in timeline.Counters)
        {
            Assert.Equal(counter.Count, counter.Select(value => value.Ns).Distinct().Count());
            if (name.EndsWith("calls", StringComparison.Ordinal))
            {
                Assert.Equal(["0", "0"], counter[^1].Values.Values);
                Assert.Contains(counter, value => value.Values["running"] != "0");
            }
        }
        Assert.Contains(timeline.Counters, counter => counter.Value.Any(value => value.Values.GetValueOrDefault("waiting", "0") != "0"));
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes_and_a_timeline_changes_nothing()
    {
        Play("one");
        Play("two");
        Assert.Equal(File.ReadAllBytes(folder["one.json"]), File.ReadAllBytes(folder["two.json"]));
        byte[] calls = File.ReadAllBytes(folder["out/scarce/run/calls.csv"]);
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { File = folder["scarce.yaml"], ResultsFolder = folder["out"] }));
        Assert.Equal(calls, File.ReadAllBytes(folder["out/scarce/run/calls.csv"]));
    }

    [Fact]
    public void Steps_taken_one_by_one_leave_the_calls_where_they_are()
    {
        TraceEvents together = Play();
        TraceEvents single = Play("single", folder["run.journal"]);
        Assert.Equal(Nodes(together), Nodes(single));
        Assert.Equal(together.Of("step").Sum(step => Number(step, "steps")), single.Of("step").Count());
        Assert.True(together.Of("step").Count() < single.Of("step").Count());

        static List<string> Nodes(TraceEvents timeline) =>
            [.. timeline.Spans.Where(span => span.Category != "step").Select(span => $"{span.Track} {span.Name} {span.FromNs} {span.ToNs}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_live_run_has_a_timeline_too()
    {
        Assert.Equal(ExitCode.Ok, Run(Options("live") with { Live = true, Speed = 50 }));
        Assert.Equal(12, TraceEvents.Read(folder["live.json"]).Of("workflow").Count());
    }

    [Fact]
    public void A_run_that_is_given_up_leaves_no_timeline()
    {
        RunOptions options = Options("cut");
        Assert.Equal(ExitCode.Interrupted, SingleRun.Run(options, console.Console, console.Errors, new CancellationToken(canceled: true)));
        Assert.False(File.Exists(folder["cut.json"]));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(folder["cut.json"])!, "*.tmp"));
    }

    [Fact]
    public void A_file_that_is_no_timeline_is_never_replaced_by_one()
    {
        RunOptions options = Options("mine");
        File.WriteAllText(folder["mine.json"], "{\"my\": \"only copy\"}");
        Assert.Equal(ExitCode.BadInput, Run(options));
        Assert.Contains("mine.json: the file exists and is not a timeline", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("{\"my\": \"only copy\"}", File.ReadAllText(folder["mine.json"]));
    }

    private static string WorkflowOf(Span node) => node.Track.Split(' ')[0];

    private static long Number(Span span, string arg) => long.Parse(span.Args[arg], CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Row(string csv)
    {
        string[] lines = File.ReadAllLines(csv);
        return lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private TraceEvents Play(string name = "timeline", string? journal = null)
    {
        Assert.True(Run(Options(name) with { Journal = journal }) == ExitCode.Ok, console.Errors.ToString());
        return TraceEvents.Read(folder[$"{name}.json"]);
    }

    private RunOptions Options(string name)
    {
        folder.Write("trace.jsonl", FanOutTrace.Text(workflows: 12));
        return new() { File = folder.Write("scarce.yaml", Scarce), ResultsFolder = folder["out"], Timeline = folder[$"{name}.json"] };
    }

    private int Run(RunOptions options) => SingleRun.Run(options, console.Console, console.Errors, CancellationToken.None);
}
