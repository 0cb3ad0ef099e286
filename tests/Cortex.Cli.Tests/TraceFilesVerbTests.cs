using System.Diagnostics;
using Cortex.Experiments;

namespace Cortex.Cli.Tests;

/// <summary><c>cortex trace import | validate | stats | convert</c>.</summary>
public sealed class TraceFilesVerbTests : IDisposable
{
    private const string Row = """{"timestamp":0,"input_length":600,"output_length":5,"hash_ids":[1,2]}""";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-traces-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_trace_is_imported_checked_and_described()
    {
        string source = Write("m.jsonl", Row, Row.Replace(":0,", ":1500,"));
        Outcome imported = Run("import", source, "-o", At("af.jsonl"));
        Assert.Equal(ExitCode.Ok, imported.ExitCode);
        Assert.Contains("agentflow, 2 workflows, 2 calls", imported.Output, StringComparison.Ordinal);
        Assert.Contains("agentflow, 2 workflows, 2 calls, no fault", Run("validate", At("af.jsonl")).Output, StringComparison.Ordinal);
        foreach (string file in (string[])[source, At("af.jsonl")])
        {
            string stats = Run("stats", file).Output;
            Assert.Contains("arrivals over 1.5 s", stats, StringComparison.Ordinal);
            // One gap, which is its own mean: 1 - 1/e of an exponential distribution lies below it.
            Assert.Matches("off Poisson by +0.632 .* p 0.736\n", stats);
            Assert.Contains("ideal reuse in blocks of 512: 50.00 % of prompt tokens", stats, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_trace_is_converted_and_what_is_lost_is_listed()
    {
        string source = Write(
            "af.jsonl", """{"format":"agentflow","version":1,"replay":"closed"}""",
            """{"id":"w","nodes":[{"n":0,"kind":"llm","prompt":[["u:0",0,70]],"out":3},{"n":1,"kind":"tool","name":"Bash","deps":[0],"dur":2000,"result":5},{"n":2,"kind":"llm","deps":[1],"base":0,"add":[["r:1",0,5]],"out":3}]}""");
        Outcome outcome = Run("convert", source, "--to", "agentic-mooncake", "-o", At("v2.jsonl.gz"));
        Assert.Equal(ExitCode.Ok, outcome.ExitCode);
        Assert.Contains("lost: names of tools: 1", outcome.Output, StringComparison.Ordinal);
        Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(At("v2.jsonl.gz"))[..2]);
        Assert.Contains("agentic-mooncake, 1 workflows, 2 calls, no fault", Run("validate", At("v2.jsonl.gz")).Output, StringComparison.Ordinal);
        Outcome again = Run("convert", source, "--to", "agentic-mooncake", "-o", At("again.jsonl.gz"));
        Assert.Equal(ExitCode.Ok, again.ExitCode);
        Assert.Equal(File.ReadAllBytes(At("v2.jsonl.gz")), File.ReadAllBytes(At("again.jsonl.gz")));
    }

    [Fact]
    public void Every_fault_of_an_agentflow_file_is_a_line()
    {
        string file = Write(
            "af.jsonl", """{"format":"agentflow","version":1,"replay":"closed"}""", """{"id":"a","nodes":[]}""",
            """{"id":"b","nodes":[{"n":0,"kind":"tool","deps":[1]}]}""", """{"id":"c","nodes":[{"n":0,"kind":"tool","dur":1}]}""", """{"id":"c","nodes":[{"n":0,"kind":"tool","dur":1}]}""");
        Outcome outcome = Run("validate", file);
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Equal(
            [
                $"error: {file}:2: nodes is missing or empty; allowed: at least one node",
                $"error: {file}:3: an element of deps is 1; allowed: an earlier node of the workflow",
                $"error: {file}:3: dur is missing in node 0; allowed: the time it takes, in microseconds, or dist",
                $"error: {file}:5: a second workflow 'c'; allowed: each id once",
            ],
            outcome.ErrorLines);
    }

    [Fact]
    public void What_cannot_be_read_or_written_is_one_line_and_leaves_no_file()
    {
        string faulty = Write("m.jsonl", Row, Row.Replace("600", "6000")), kept = Write("kept", "mine");
        AssertBadInput(Run("import", faulty, "-o", At("x.jsonl")), "m.jsonl:2: 2 hash_ids for input_length 6000; allowed: 12");
        AssertBadInput(Run("import", At("none"), "-o", At("x.jsonl")), "there is no such file");
        AssertBadInput(Run("stats", kept), "the format is not recognised");
        AssertBadInput(Run("stats", faulty, "--block", "0"), "--block is '0'; allowed: a whole number from 1");
        AssertBadInput(Run("validate", At("none")), "there is no such file");
        AssertBadInput(Run("convert", faulty, "--to", "csv", "-o", At("x.jsonl")), "--to is 'csv'; allowed: agentflow, mooncake, agentic-mooncake");
        AssertBadInput(Run("import", faulty, "-o", kept), "the file exists; allowed: a new file, or --overwrite");
        AssertBadInput(Run("import", faulty, "-o", At("x.jsonl"), "--starts", "now"), "--starts is 'now'; allowed: closed-loop, recorded");
        // A fault behind workflows that are already written.
        string late = Write(
            "late.jsonl", """{"format":"agentflow","version":1,"replay":"closed"}""", """{"id":"c","nodes":[{"n":0,"kind":"tool","dur":1}]}""", """{"id":"d"}""");
        AssertBadInput(Run("convert", late, "--to", "mooncake", "-o", At("x.jsonl")), "late.jsonl:3: nodes is missing or empty");
        Assert.Equal(["kept", "late.jsonl", "m.jsonl"], folder.GetFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal("mine\n", File.ReadAllText(kept));
    }

    [Theory]
    [InlineData("trace stats ")]
    [InlineData("trace validate ")]
    [InlineData("run --set workload.trace=")]
    public async Task A_pipe_is_told(string command)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        string pipe = At("pipe");
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }
        using Process writer = Process.Start("sh", ["-c", $"printf '%s\\n' '{Row}' > '{pipe}'"]);
        AssertBadInput(Command.Run((command + pipe).Split(' ')), "pipe: a pipe, which can be read only once; allowed: a file");
        await writer.WaitForExitAsync();
    }

    [Fact]
    public void Choices_of_reading_are_heeded()
    {
        string source = Write("m.jsonl", Row, Row, Row.Replace(":0,", ":3000,"));
        Assert.Equal(ExitCode.Ok, Run("import", source, "-o", At("spread.jsonl"), "--spread").ExitCode);
        Assert.Equal(["0", "1500000", "3000000"], File.ReadLines(At("spread.jsonl")).Skip(1).Select(line => line.Split("\"arrival\":")[1].Split(',')[0]));
        string weka = Write(
            "w.jsonl", """{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"t":0,"in":64,"out":5,"api_time":1,"hash_ranges":[[1,1]]},{"t":9,"in":64,"out":5,"api_time":1,"think_time":3,"hash_ranges":[[1,1]]}]}""");
        Assert.Contains("recorded starts, each a pause of 0 after a delay: 1", Run("import", weka, "-o", At("r.jsonl"), "--starts", "recorded").Output, StringComparison.Ordinal);
    }

    private static Outcome Run(params string[] arguments) => Command.Run(["trace", .. arguments]);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string Write(string name, params string[] lines)
    {
        File.WriteAllText(At(name), string.Join('\n', lines) + "\n");
        return At(name);
    }

    private static void AssertBadInput(Outcome outcome, string message)
    {
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains(message, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }
}
