using System.Text;
using Cortex.Experiments.Cells;
using Cortex.Experiments.Config;
using Cortex.Policies.Registry;
using Xunit;

namespace Cortex.Experiments.Tests;

public sealed class CellKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("workload.load=1")]
    [InlineData("policies.baseline.routing=least-work")]
    [InlineData("cluster.engines.max_num_batched_tokens=8192")]
    [InlineData("cluster.engines.max_num_seqs=auto")]
    [InlineData("baseline=aware")]
    [InlineData("name=other")]
    [InlineData("slo.ttft=2000ms")]
    [InlineData("workload.starts=closed-loop")]
    [InlineData("workload.snapshot=none")]
    [InlineData("workload.snapshot_to=0.75")]
    [InlineData("workload.grace=0.5min")]
    [InlineData("workload.turns=auto")]
    [InlineData("statistics.warmup=none")]
    [InlineData("costs.planning_time=0ms")]
    public void What_changes_nothing_leaves_the_key(string set) => Assert.Equal(Key(), Key(set));

    [Theory]
    [InlineData("workload.load=1.0000001")]
    [InlineData("workload.players=closed")]
    [InlineData("workload.arrivals=poisson")]
    [InlineData("workload.max_think=60s")]
    [InlineData("workload.declare_max=true")]
    [InlineData("workload.starts=recorded")]
    [InlineData("workload.snapshot=cold")]
    [InlineData("workload.snapshot=primed")]
    [InlineData("workload.snapshot_from=0")]
    [InlineData("workload.snapshot_to=76%")]
    [InlineData("workload.duration=1h")]
    [InlineData("workload.grace=0s")]
    [InlineData("workload.share_opening=true")]
    [InlineData("workload.spread=true")]
    [InlineData("workload.turns=delta")]
    [InlineData("workload.global_ids=true")]
    [InlineData("policies.baseline.routing=random")]
    [InlineData("cluster.engines.count=3")]
    [InlineData("cluster.engines.gpu=h200")]
    [InlineData("cluster.engines.name=other")]
    [InlineData("cluster.engines.watermark=0.01")]
    [InlineData("cluster.engines.async_scheduling=false")]
    [InlineData("cluster.engines.release=0.31")]
    [InlineData("cluster.engines.long_prefill_token_threshold_adaptive=true")]
    [InlineData("costs.model=constant")]
    [InlineData("costs.planning_time=1ms")]
    [InlineData("slo.ttft=3s")]
    [InlineData("statistics.warmup=mser5")]
    [InlineData("statistics.warmup=10%")]
    [InlineData("statistics.warmup=60s")]
    [InlineData("statistics.itl=true")]
    [InlineData("seed=8")]
    public void What_may_change_a_number_changes_the_key(string set) => Assert.NotEqual(Key(), Key(set));

    [Fact]
    public void Trace_and_program_are_part_of_the_key()
    {
        ResolvedCell cell = Cells()[0].Cell;
        string key = CellKey.Of(cell, "trace", "program");
        Assert.Equal(key, CellKey.Of(cell, "trace", "program"));
        Assert.NotEqual(key, CellKey.Of(cell, "trace2", "program"));
        Assert.NotEqual(key, CellKey.Of(cell, "trace", "program2"));
        Assert.Equal(64, key.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Threads_count_where_engines_really_compute(bool live)
    {
        string file = folder.Write("cpu.yaml", $"workload: {{trace: {folder.Write("t.jsonl", "")}}}\ncluster: {{engines: [{{engine: cpu}}]}}\ncosts: {{model: constant}}");
        string Of(string threads) => PlannedCell.All(new ExperimentLoader(new PolicyRegistry()).Load(file, [threads]), new TraceHashes(), "program", live)[0].Key;
        Assert.Equal(live, Of("cluster.engines.threads=1") != Of("cluster.engines.threads=2"));
    }

    [Fact]
    public void The_settings_of_a_cell_are_always_the_same_bytes()
    {
        const string expected = """{"seed":7,"settings":{"workload":{"load":1,"players":"as the trace says","arrivals":"recorded","max_think":null,"declare_max":false,"snapshot":"none","snapshot_from":0.25,"snapshot_to":0.75,"duration":null,"grace":"30s","starts":"closed-loop","share_opening":false,"spread":false,"turns":"auto","global_ids":false},"engines":[{"name":"sql","count":2,"model":"llama-3-8b","gpu":"h100","tp":1,"dialect":"vllm-v1","release":"0.32","block_size":16,"num_blocks":1000,"max_num_batched_tokens":8192,"max_num_seqs":1024,"max_num_active_seqs":1024,"max_model_len":8192,"enable_prefix_caching":true,"async_scheduling":true,"enable_chunked_prefill":true,"long_prefill_token_threshold":0,"long_prefill_token_threshold_adaptive":false,"scheduler_reserve_full_isl":true,"watermark":0}],"costs":{"model":"roofline","planning_time":"0s"},"policies":{"pooling":{"name":"shared"},"routing":{"name":"least-work"},"scheduling":{"name":"fcfs"}},"slo":{"ttft":"2s","tpot":"100ms","e2e":null,"workflow":null},"statistics":{"warmup":"none","itl":false}}}""";
        Assert.Equal(expected, Encoding.UTF8.GetString(CellJson.Bytes(Cells()[0].Cell)));
    }

    [Fact]
    public void The_program_is_known_by_version_and_content()
    {
        Assert.Equal("0.1.0", BuildIdentity.Version);
        Assert.Matches("^[0-9a-f]{64}$", BuildIdentity.Hash);
    }

    private string Key(params string[] set) => Cells(set)[0].Key;

    private IReadOnlyList<PlannedCell> Cells(params string[] set)
    {
        Experiment experiment = new ExperimentLoader(new PolicyRegistry()).Load(Files.WriteSmall(folder), set);
        return PlannedCell.All(experiment, new TraceHashes(), "program");
    }
}
