using Cortex.Experiments;

namespace Cortex.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("policeis", "unknown command 'policeis'; the nearest is 'policies'")]
    [InlineData("policies --vebrose", "unknown option '--vebrose'; the nearest is '--verbose'")]
    [InlineData("policies fcfs", "cortex policies: unexpected argument 'fcfs'")]
    [InlineData("bench nope", "unknown command 'nope'; the nearest is 'sim'; known: sim, kernel, report, runtime, trace")]
    [InlineData("sweep x.yaml --jbos 2", "cortex sweep: unknown option '--jbos'; the nearest is '--jobs'")]
    [InlineData("sweep x.yaml --jobs 0", "cortex sweep: --jobs is '0'; allowed: a whole number from 1")]
    [InlineData("run --jbos", "cortex run: unknown option '--jbos'; the nearest is")]
    [InlineData("run x.yaml y.yaml", "cortex run: unexpected argument 'y.yaml'")]
    [InlineData("run --results ", "cortex run: --results is ''; allowed: the name of a folder")]
    [InlineData("run x.yaml --live --speed fast", "cortex run: --speed is 'fast'; allowed: a number above 0")]
    [InlineData("run x.yaml --live --speed 0", "cortex run: --speed is '0'; allowed: a number above 0")]
    [InlineData("run ", "error: '' does not exist; allowed: the path of an experiment file")]
    [InlineData("replay ", "error: '' is no name; allowed: a file written by cortex run --journal")]
    [InlineData("replay .", "error: .: a folder; allowed: a file written by cortex run --journal")]
    [InlineData("run --journal ", "cortex run: --journal is ''; allowed: the name of a file")]
    [InlineData("run x.yaml --assert p99", "error: 'x.yaml' does not exist")]
    [InlineData("run x.yaml --set", "cortex run: --set needs a value: Overrides as key=value")]
    [InlineData("replay", "cortex replay: <journal> is missing: A file that cortex run --journal has written.")]
    [InlineData("compare one", "cortex compare: <second> is missing: The results folder that is compared with it.")]
    [InlineData("trace generate nl2sql", "cortex trace generate: --output is missing: The file to write")]
    [InlineData("trace generate nl2sql -o ", "error: '' is no name; allowed: the name of a file")]
    [InlineData("trace stats ", "error: '': no name; allowed: the path of a trace")]
    [InlineData("trace validate ", "error: '': no name; allowed: the path of a trace")]
    [InlineData("run x.yaml --journal same --timeline ./same", "error: --journal and --timeline are both same; allowed: a file each")]
    [InlineData("run none.yaml", "error: 'none.yaml' does not exist; allowed: the path of an experiment file")]
    [InlineData("run --set workload.trace=none.csv", "error: --set workload.trace=none.csv: workload.trace: no file 'none.csv'")]
    public void A_mistyped_word_is_one_line_and_exit_code_2(string line, string message)
    {
        Outcome outcome = Command.Run(line.Split(' '));
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains(message, Assert.Single(outcome.ErrorLines));
    }
}
