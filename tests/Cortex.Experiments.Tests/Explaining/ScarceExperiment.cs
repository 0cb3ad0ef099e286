using Cortex.Experiments.Tests.Timelines;
using Xunit;

namespace Cortex.Experiments.Tests.Explaining;

/// <summary>An experiment in a folder of its own, with scarce memory and few seats, so that calls wait and are preempted; and what <c>cortex explain</c> says of its results.</summary>
internal sealed class ScarceExperiment : IDisposable
{
    private const string Text = """
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

    public string Errors => console.Errors.ToString();

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    public void Write(string name, string text) => folder.Write(name, text);

    public void Sweep()
    {
        var options = new SweepOptions { File = WriteExperiment(), ResultsFolder = folder["out"], Jobs = 1 };
        Assert.True(Cortex.Experiments.Sweep.Run(options, console.Console, console.Errors, CancellationToken.None) == ExitCode.Ok, Errors);
    }

    public int Run(string[] set, string? journal = null) => SingleRun.Run(
        new RunOptions { File = WriteExperiment(), Set = set, Journal = journal, ResultsFolder = folder["out"] }, console.Console, console.Errors, CancellationToken.None);

    public string Explain(string cell, string? workflow = null) => Explain(workflow, [cell]);

    public string Explain(string? workflow, params string[] cells)
    {
        TestConsole told = new();
        var options = new ExplainOptions { Cells = cells, Workflow = workflow };
        Assert.True(Cortex.Experiments.Explain.Run(options, told.Console, told.Errors, CancellationToken.None) == ExitCode.Ok, told.Errors.ToString());
        return told.Text.ReplaceLineEndings("\n");
    }

    public void Bad(string what, string? workflow, params string[] cells)
    {
        TestConsole told = new();
        Assert.Equal(
            ExitCode.BadInput,
            Cortex.Experiments.Explain.Run(new ExplainOptions { Cells = cells, Workflow = workflow }, told.Console, told.Errors, CancellationToken.None));
        Assert.Contains(what, Assert.Single(told.Errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(told.Text);
    }

    private string WriteExperiment()
    {
        folder.Write("trace.jsonl", FanOutTrace.Text(workflows: 12));
        return folder.Write("scarce.yaml", Text);
    }
}
