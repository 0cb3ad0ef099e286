using Cortex.Experiments.Config;
using Cortex.Policies.Registry;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class ConfigErrorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("wrkload: {}", 1, 1, "unknown key 'wrkload'; the nearest is 'workload'")]
    [InlineData("workload:\n  trace: t.jsonl\n  laod: 2", 3, 3, "workload: unknown key 'laod'; the nearest is 'load'")]
    [InlineData("workload: {trace: t.jsonl, load: fast}", 1, 34, "workload.load: 'fast' cannot be used; allowed: a number above 0")]
    [InlineData("workload: {trace: t.jsonl, load: 0}", 1, 34, "allowed: a number above 0")]
    [InlineData("workload: {trace: t.jsonl, load: Infinity}", 1, 34, "allowed: a number above 0")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{num_blocks: 2000000000}]}", 2, 34, "allowed: auto, or a whole number from 2 to 16777216")]
    [InlineData("workload: {trace: t.jsonl, load: 1.5, players: closed}", 1, 34, "a whole number of users from 1")]
    [InlineData("workload: {trace: t.jsonl, players: clsed}", 1, 37, "unknown value 'clsed'; the nearest is 'closed'; known: open, closed")]
    [InlineData("workload: {trace: t.jsonl, max_think: 60}", 1, 39, "allowed: a number with ns, us, ms, s, min or h")]
    [InlineData("workload: {trace: t.jsonl, declare_max: yes}", 1, 41, "allowed: true or false")]
    [InlineData("workload: {trace: t.jsonl, starts: recorde}", 1, 36, "workload.starts: unknown value 'recorde'; the nearest is 'recorded'; known: closed-loop, recorded")]
    [InlineData("workload: {trace: t.jsonl, snapshot: warm}", 1, 38, "workload.snapshot: unknown value 'warm'; the nearest is")]
    [InlineData("workload: {trace: t.jsonl, snapshot_from: 100%}", 1, 43, "allowed: a share from 0% to below 100%")]
    [InlineData("workload: {trace: t.jsonl, snapshot_from: 60%, snapshot_to: 50%}", 1, 61, "allowed: a share from snapshot_from to below 100%")]
    [InlineData("workload: {trace: t.jsonl, duration: 3600}", 1, 38, "allowed: a number with ns, us, ms, s, min or h")]
    [InlineData("workload: {trace: t.jsonl, start: recorded}", 1, 28, "workload: unknown key 'start'; the nearest is 'starts'")]
    [InlineData("workload: {trace: t.jsonl, turns: hole}", 1, 35, "workload.turns: unknown value 'hole'; the nearest is 'whole'; known: auto, whole, delta")]
    [InlineData("workload: {trace: t.jsonl, spread: 3s}", 1, 36, "workload.spread: '3s' cannot be used; allowed: true or false")]
    [InlineData("workload: {trace: t.jsonl, share_openings: true}", 1, 28, "the nearest is 'share_opening'")]
    [InlineData("workload: {trace: absent.jsonl}", 1, 19, "workload.trace: no file 'absent.jsonl'")]
    [InlineData("workload: {trace: .}", 1, 19, "workload.trace: '.' is a folder; allowed: the path of a trace file")]
    [InlineData("workload: {trace: ''}", 1, 19, "workload.trace: '' cannot be used; allowed: the path of a trace file")]
    [InlineData("workload: {trace: \"a\\0b\"}", 1, 19, "cannot be used; allowed: the path of a trace file")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{release: 0.30, max_num_active_seqs: 8}]}", 2, 58, "cluster.engines.max_num_active_seqs: vLLM 0.30 does not have it; allowed: release 0.31 or later")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{release: 0.30, long_prefill_token_threshold_adaptive: true}]}", 2, 76, "release 0.31 or later")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{release: 0.23, watermark: 0.01}]}", 2, 48, "release 0.24 or later")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{release: 0.18, scheduler_reserve_full_isl: true}]}", 2, 65, "release 0.19 or later")]
    [InlineData("workload: {load: 1}", 1, 11, "workload.trace is missing")]
    [InlineData("workload: [1]", 1, 11, "workload: allowed: a mapping")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: {name: a}}", 2, 20, "cluster.engines: allowed: a list")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{num_block: 4}]}", 2, 22, "unknown key 'num_block'; the nearest is 'num_blocks'")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{num_blocks: x}]}", 2, 34, "allowed: auto, or a whole number from 2")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{gpu: h10}]}", 2, 21, "unknown GPU 'h10'; the nearest is 'h100'")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{model: llama-3.1-70b}]}", 2, 21, "does not fit")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{engine: cuda}]}", 2, 30, "unknown value 'cuda'; the nearest is 'cpu'; known: paced, cpu")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{engine: cpu, gpu: h100}]}", 2, 40, "gpu does not go with engine: cpu; allowed: with engine: paced")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{threads: 2}]}", 2, 31, "threads does not go with engine: paced; allowed: with engine: cpu")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{engine: cpu, model: none}]}", 2, 21, "no such model")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{engine: cpu, model: \"a\\0b\"}]}", 2, 42, "cannot be used; allowed: a folder from Hugging Face, a GGUF file, or random:NAME")]
    [InlineData("workload: {trace: t.jsonl}\ncosts: {model: table}", 2, 8, "costs.file is missing; allowed: a CSV file of measured steps with ")]
    [InlineData("workload: {trace: t.jsonl}\ncosts: {model: fitted, file: \"a\\0b\"}", 2, 30, "cannot be used; allowed: a file that cortex calibrate has written")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{engine: cpu, model: 'random:tny'}]}", 2, 21, "unknown shape")]
    [InlineData("workload: {trace: t.jsonl}\ncosts: {model: constant}\ncluster: {engines: [{engine: cpu, max_model_len: 4096}]}", 3, 21, "max_model_len 4096: the model was made for 2048 positions")]
    [InlineData("workload: {trace: t.jsonl}\ncosts: {model: roofline}\ncluster: {engines: [{engine: cpu}]}", 2, 8, "roofline knows GPUs alone; allowed for an engine on the processor: ")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{dialect: aisimulate}]}", 2, 21, "async_scheduling must be false")]
    [InlineData("workload: {trace: t.jsonl}\ncluster: {engines: [{name: a}, {name: a}]}", 2, 32, "a second entry 'a'")]
    [InlineData("workload: {trace: t.jsonl}\ncosts: {model: roofing}", 2, 16, "unknown value 'roofing'; the nearest is 'roofline'")]
    [InlineData("workload: {trace: t.jsonl}\ncosts: {model: constant, prefil: 10ms}", 2, 8, "unknown option of cost model constant 'prefil'; the nearest is 'prefill'")]
    [InlineData("workload: {trace: t.jsonl}\npolicies:\n  a: {ruting: random}", 3, 7, "policies.a: unknown key 'ruting'; the nearest is 'routing'")]
    [InlineData("workload: {trace: t.jsonl}\npolicies:\n  a: {routing: sticky}", 3, 16, "policies.a.routing: unknown routing policy 'sticky'; the nearest is")]
    [InlineData("workload: {trace: t.jsonl}\npolicies:\n  a: {routing: {name: random, x: 1}}", 3, 16, "policies.a.routing: routing random: takes no options")]
    [InlineData("workload: {trace: t.jsonl}\npolicies:\n  a: {routing: {x: 1}}", 3, 16, "policies.a.routing.name is missing")]
    [InlineData("workload: {trace: t.jsonl}\nbaseline: b\npolicies: {a: {}}", 2, 11, "baseline: unknown policy set 'b'; the nearest is 'a'")]
    [InlineData("workload: {trace: t.jsonl}\nsweep: {workload.lod: [1, 2]}", 2, 9, "workload: unknown key 'lod'; the nearest is 'load'")]
    [InlineData("workload: {trace: t.jsonl}\nsweep: {seed: [1, 2]}", 2, 9, "'seed' cannot be swept")]
    [InlineData("workload: {trace: t.jsonl}\nsweep: {workload.load: []}", 2, 24, "the list is empty")]
    [InlineData("workload: {trace: t.jsonl}\nrepeat: 0", 2, 9, "repeat: '0' cannot be used; allowed: a whole number from 1")]
    [InlineData("workload: {trace: t.jsonl}\nname: a/b", 2, 7, "allowed: letters, digits")]
    [InlineData("workload: {trace: t.jsonl}\nstatistics: {warmup: 10}", 2, 22, "statistics.warmup: '10' cannot be used; allowed: none, mser5, a share")]
    [InlineData("workload: {trace: t.jsonl}\nslo: {ttft: 2}", 2, 13, "slo.ttft: '2' cannot be used; allowed: a number with")]
    [InlineData("workload: {trace: t.jsonl}\nslo: mlperf-llama2-7b", 2, 6, "slo: unknown value 'mlperf-llama2-7b'; the nearest is 'mlperf-llama2-70b'")]
    [InlineData("workload: {trace: t.jsonl}\nslo: {preset: mlperf}", 2, 15, "slo.preset: unknown value 'mlperf'")]
    [InlineData("workload: {trace: t.jsonl}\nwhere: load <", 2, 8, "it ends too early")]
    [InlineData("workload: {trace: t.jsonl}\nassert: {a: b}", 2, 9, "assert: allowed: comparisons")]
    [InlineData("a: 1\na: 2", 2, 1, "the key 'a' stands twice in a mapping; allowed: each key once")]
    [InlineData("\"a\": 1\n\"\\x61\": 2", 2, 1, "the key 'a' stands twice")]
    [InlineData("a: [1", 2, 1, "not valid YAML")]
    [InlineData("workload: {}\npolicies:\n\ta: {}", 3, 1, "found invalid tab as indentation")]
    [InlineData("workload: {}\na: *b", 2, 4, "no anchor '&b' before '*b'; allowed: an anchor whose value ends earlier in the file")]
    [InlineData("a: &b [*b]", 1, 8, "no anchor '&b' before '*b'")]
    [InlineData("- 1", 1, 1, "a mapping of keys to values")]
    public void A_fault_is_told_with_its_place_and_what_is_allowed(string text, int line, int column, string what)
    {
        folder.Write("t.jsonl", "");
        string file = folder.Write("bad.yaml", text);
        var fault = Assert.Throws<InputException>(() => new ExperimentLoader(new PolicyRegistry()).Load(file, []));
        Assert.StartsWith($"{file}:{line}:{column}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("workload.load", "--set workload.load: no '='")]
    [InlineData("workload..load=1", "'workload..load' is not a key")]
    [InlineData("workload.load=1,,2", "a value is missing")]
    [InlineData("workload.load=8..1", "range '8..1'")]
    [InlineData("workload.load=x", "--set workload.load=x: workload.load: 'x' cannot be used")]
    [InlineData("workload.lod=1", "--set workload.lod=1: workload: unknown key 'lod'")]
    [InlineData("workload.load.deep=1", "'workload.load' has no keys below it")]
    [InlineData("seed=1,2", "'seed' cannot be swept")]
    [InlineData("sweep.workload.load=1", "sweep is not a value")]
    [InlineData("policies=aware,fast", "unknown policy set 'fast'")]
    [InlineData("cluster.engines.count=0", "count: '0' cannot be used")]
    public void A_faulty_override_is_told_as_it_was_written(string set, string what)
    {
        string file = Files.WriteSmall(folder);
        var fault = Assert.Throws<InputException>(() => new ExperimentLoader(new PolicyRegistry()).Load(file, [set]));
        Assert.StartsWith($"--set {set}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    public void A_nest_too_deep_for_the_stack_is_told(string opening)
    {
        string file = folder.Write("deep.yaml", "a: " + string.Concat(Enumerable.Repeat(opening, 100_000)));
        Assert.EndsWith("nested too deep; allowed: 64 levels", Assert.Throws<InputException>(() => YamlSource.ReadFile(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_of_aliases_take_no_more_room_than_their_text()
    {
        IEnumerable<string> lines = Enumerable.Range(1, 30).Select(level => $"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]");
        ConfigMap map = YamlSource.ReadFile(folder.Write("laugh.yaml", string.Join('\n', lines.Prepend("a0: &a0 [x]"))));
        var top = Assert.IsType<ConfigList>(map.Find("a30"));
        Assert.Same(top.Items[0], top.Items[1]);
    }

    [Fact]
    public void A_file_that_is_none_is_bad_input()
    {
        AssertFault("'' does not exist", "");
        AssertFault("none.yaml' does not exist; allowed: the path of an experiment file", folder["none.yaml"]);
        AssertFault("' is a folder; allowed: the path of an experiment file", folder["."]);
        AssertFault("not valid YAML", folder.Write("binary.yaml", "a\0b\u0001: \u0002"));

        static void AssertFault(string what, string path) =>
            Assert.Contains(what, Assert.Throws<InputException>(() => YamlSource.ReadFile(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_set_twice_is_told()
    {
        string file = Files.WriteSmall(folder);
        var fault = Assert.Throws<InputException>(() => new ExperimentLoader(new PolicyRegistry()).Load(file, ["seed=1", "seed=2"]));
        Assert.Equal("--set seed=2: seed is set twice, also by --set seed=1; allowed: once, with several values as seed=a,b", fault.Message);
    }
}
