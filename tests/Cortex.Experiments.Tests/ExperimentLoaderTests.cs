using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Policies.Registry;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class ExperimentLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_becomes_policy_sets_points_and_settings()
    {
        Experiment experiment = Load();
        Assert.Equal("small", experiment.Name);
        Assert.Equal(["baseline", "aware", "short"], experiment.PolicySets);
        Assert.Equal(["workload.load"], experiment.Axes);
        Assert.Equal([1, 4, 8], experiment.Points.Select(point => point.Settings.Workload.Load));
        Assert.Equal((7UL, 3, "baseline"), (experiment.Seed, experiment.Repeat, experiment.Baseline));
        PointSettings settings = experiment.Points[0].Settings;
        Assert.Equal(folder["trace.jsonl"], settings.Workload.Trace);
        Assert.Equal(new SloSettings(new Duration(2_000_000_000), new Duration(100_000_000), null, null), settings.Slo);
        ResolvedEngine engine = Assert.Single(settings.Engines);
        Assert.Equal((2, 1000, 8192, 1024), (engine.Written.Count, engine.Settings.NumBlocks, engine.Settings.MaxNumBatchedTokens, engine.Settings.MaxNumSeqs));
        Assert.Equal("prefix-aware", settings.Policies[1].Resolved.Single(policy => policy.Axis == "routing").Name);
        Assert.Equal("fcfs", settings.Policies[1].Resolved.Single(policy => policy.Axis == "scheduling").Name);
    }

    [Fact]
    public void Auto_is_what_the_gpu_and_the_model_leave()
    {
        EngineGroup written = Load().Points[0].Settings.Engines[0].Written;
        ResolvedEngine engine = ResolvedEngine.Of(written with { NumBlocks = null });
        Assert.InRange(engine.Settings.NumBlocks, 20_000, 32_000);
        Assert.True(ResolvedEngine.Of(written with { NumBlocks = null, GpuMemoryUtilization = 0.5 }).Settings.NumBlocks < engine.Settings.NumBlocks);
        Assert.Equal(engine.Model.MaxModelLen, engine.Settings.MaxModelLen);
    }

    [Fact]
    public void An_override_wins_over_the_sweep_and_the_sweep_over_the_list()
    {
        Assert.Equal([1, 4, 8], Loads());
        Assert.Equal([3], Loads("workload.load=3"));
        Assert.Equal([0.5, 2], Loads("workload.load=0.5,2"));
        Assert.Equal([1, 2, 3, 4, 9], Loads("workload.load=1..4,9"));
    }

    [Fact]
    public void A_list_in_a_section_is_an_axis()
    {
        folder.Write("t.jsonl", "");
        string file = folder.Write("list.yaml", "workload: {trace: t.jsonl, load: [1, 2..4]}\nslo: {ttft: [1s, 2s]}\n");
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(file, []);
        Assert.Equal(["workload.load", "slo.ttft"], experiment.Axes);
        Assert.Equal(
            [["1", "1s"], ["1", "2s"], ["2", "1s"], ["2", "2s"], ["3", "1s"], ["3", "2s"], ["4", "1s"], ["4", "2s"]],
            experiment.Points.Select(point => point.Values));
        Assert.Equal(2, experiment.Points[3].Settings.Slo.Ttft!.Value.Seconds);
    }

    [Fact]
    public void A_key_below_engines_goes_to_all_of_them_or_to_the_one_named()
    {
        folder.Write("t.jsonl", "");
        string file = folder.Write("two.yaml", "workload: {trace: t.jsonl}\ncluster: {engines: [{name: a}, {name: b}]}\n");
        var loader = new ExperimentLoader(new PolicyRegistry());
        Assert.Equal([99, 99], Blocks(loader.Load(file, ["cluster.engines.num_blocks=99"])));
        Assert.Equal([99, 77], Blocks(loader.Load(file, ["cluster.engines.num_blocks=99", "cluster.engines.b.num_blocks=77"])));
        InputException unknown = Assert.Throws<InputException>(() => loader.Load(file, ["cluster.engines.c.num_blocks=77"]));
        Assert.Contains("unknown engine 'c'; the nearest is 'a'; known: a, b", unknown.Message, StringComparison.Ordinal);

        static IEnumerable<int> Blocks(Experiment experiment) => experiment.Points[0].Settings.Engines.Select(engine => engine.Settings.NumBlocks);
    }

    [Fact]
    public void Policies_can_be_selected_changed_and_swept()
    {
        Assert.Equal(["short", "baseline"], Load("policies=short,baseline").PolicySets);
        Experiment swept = Load("policies.short.routing=random,round-robin", "workload.load=1");
        Assert.Equal(
            ["random", "round-robin"],
            swept.Points.Select(point => point.Settings.Policies[2].Resolved.Single(policy => policy.Axis == "routing").Name));
        ResolvedPolicy pooling = Load("policies.baseline.pooling=stage-isolated", "policies.baseline.pooling.shares=even")
            .Points[0].Settings.Policies[0].Resolved[0];
        Assert.Equal("stage-isolated", pooling.Name);
    }

    [Fact]
    public void Paths_start_from_the_file_or_for_overrides_from_the_current_folder()
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Write("elsewhere/other.jsonl", ""));
        Assert.Equal(folder["elsewhere/other.jsonl"], Load($"workload.trace={relative}").Points[0].Settings.Workload.Trace);
    }

    [Fact]
    public void Without_a_file_defaults_stand()
    {
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(null, [$"workload.trace={folder.Write("t.jsonl", "")}"]);
        Assert.Equal(["baseline"], experiment.PolicySets);
        Assert.Equal(("engine", "llama-3-8b", "h100"), Engine(experiment));
        Experiment changed = new ExperimentLoader(new PolicyRegistry()).Load(
            null, [$"workload.trace={folder["t.jsonl"]}", "cluster.engines.gpu=a100", "cluster.engines.name=x"]);
        Assert.Equal("x", Engine(changed).Item1);

        static (string, string, string) Engine(Experiment experiment)
        {
            EngineGroup written = experiment.Points[0].Settings.Engines.Single().Written;
            return (written.Name, written.Model, written.Gpu);
        }
    }

    [Fact]
    public void A_run_takes_one_value_a_key()
    {
        string file = Files.WriteSmall(folder);
        var loader = new ExperimentLoader(new PolicyRegistry());
        Experiment point = loader.LoadPoint(file, new Overrides());
        Assert.Equal([1.0], point.Points.Select(one => one.Settings.Workload.Load));
        Assert.Equal(1, point.Repeat);
        var fault = Assert.Throws<InputException>(() => loader.LoadPoint(file, new Overrides { Set = ["workload.load=1,2"] }));
        Assert.Equal("workload.load has 2 values; a run takes one: --set workload.load=1", fault.Message);
    }

    [Fact]
    public void Bounds_may_be_mlperfs()
    {
        var milliseconds = (long ms) => new Duration(ms * 1_000_000);
        Assert.Equal(new SloSettings(milliseconds(2000), milliseconds(200), null, null), Load("slo=mlperf-llama2-70b").Points[0].Settings.Slo);
        folder.Write("t.jsonl", "");
        string file = folder.Write("slo.yaml", "workload: {trace: t.jsonl}\nslo: {preset: mlperf-deepseek-r1-interactive, tpot: 25ms, e2e: 1min}\n");
        SloSettings slo = new ExperimentLoader(new PolicyRegistry()).Load(file, []).Points[0].Settings.Slo;
        Assert.Equal(new SloSettings(milliseconds(1500), milliseconds(25), milliseconds(60_000), null), slo);
        Assert.Equal(2, Load("slo=mlperf-llama2-70b,mlperf-gpt-oss-120b", "workload.load=1").Points.Count);
    }

    [Theory]
    [InlineData("2s", 2_000_000_000)]
    [InlineData("100ms", 100_000_000)]
    [InlineData("1.5min", 90_000_000_000)]
    [InlineData("0.25us", 250)]
    [InlineData("3 h", 10_800_000_000_000)]
    [InlineData("0s", 0)]
    public void Durations_are_exact(string text, long nanoseconds)
    {
        Assert.True(DurationText.TryParse(text, out Duration duration));
        Assert.Equal(nanoseconds, duration.Ns);
        Assert.True(DurationText.TryParse(DurationText.Format(duration), out Duration again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-2s")]
    [InlineData("s")]
    [InlineData("2 parsecs")]
    [InlineData("999999999999h")]
    public void Other_durations_are_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    private Experiment Load(params string[] set) => new ExperimentLoader(new PolicyRegistry()).Load(Files.WriteSmall(folder), set);

    private IEnumerable<double> Loads(params string[] set) => Load(set).Points.Select(point => point.Settings.Workload.Load);
}
