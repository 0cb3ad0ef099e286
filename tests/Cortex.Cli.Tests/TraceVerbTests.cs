using Cortex.Experiments;

namespace Cortex.Cli.Tests;

public sealed class TraceVerbTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-trace-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_seed_gives_the_same_bytes_each_time_and_another_seed_others()
    {
        Assert.Equal(ExitCode.Ok, Generate("a.jsonl", "--seed", "7", "--workflows", "12").ExitCode);
        Assert.Equal(ExitCode.Ok, Generate("b.jsonl", "--seed", "7", "--workflows", "12").ExitCode);
        Assert.Equal(ExitCode.Ok, Generate("c.jsonl", "--seed", "8", "--workflows", "12").ExitCode);
        Assert.Equal(13, File.ReadAllLines(At("a.jsonl")).Length);
        Assert.Equal(File.ReadAllBytes(At("a.jsonl")), File.ReadAllBytes(At("b.jsonl")));
        Assert.NotEqual(File.ReadAllLines(At("a.jsonl"))[1..], File.ReadAllLines(At("c.jsonl"))[1..]);
    }

    [Fact]
    public void A_file_that_exists_is_replaced_only_when_asked_for()
    {
        File.WriteAllText(At("kept.jsonl"), "mine");
        AssertBadInput(Generate("kept.jsonl"), "the file exists; allowed: a new file, or --overwrite");
        Assert.Equal("mine", File.ReadAllText(At("kept.jsonl")));
        Assert.Equal(ExitCode.Ok, Generate("kept.jsonl", "--overwrite").ExitCode);
        Assert.StartsWith("{\"format\":\"agentflow\"", File.ReadAllText(At("kept.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_generated_or_written_is_one_line_and_leaves_no_file()
    {
        AssertBadInput(Command.Run("trace", "generate", "nl2sq", "-o", At("x.jsonl")), "unknown program 'nl2sq'; the nearest is 'nl2sql'");
        AssertBadInput(Generate("x.jsonl", "--workflows", "0"), "--workflows is '0'; allowed: a whole number from 1");
        AssertBadInput(Generate("x.jsonl", "--seed", "-1"), "--seed is '-1'; allowed: a whole number from 0");
        AssertBadInput(Generate("."), "cannot be written");
        AssertBadInput(Generate("/"), "cannot be written");
        Assert.Empty(folder.GetFileSystemInfos());
        File.WriteAllText(At("file"), "");
        AssertBadInput(Generate("file/x.jsonl"), "cannot be written");
        Assert.Equal("file", Assert.Single(folder.GetFileSystemInfos()).Name);
    }

    [Theory]
    [InlineData("trace import OLD -o NEW")]
    [InlineData("trace convert OLD --to mooncake -o NEW")]
    [InlineData("trace validate OLD")]
    [InlineData("trace stats OLD")]
    public void Interrupted_work_on_a_trace_ends_and_leaves_no_file(string line)
    {
        Assert.Equal(ExitCode.Ok, Generate("old.jsonl", "--workflows", "3").ExitCode);
        string[] words = [.. line.Split(' ').Select(word => word switch { "OLD" => At("old.jsonl"), "NEW" => At("new.jsonl"), _ => word })];
        Assert.Equal(ExitCode.Interrupted, CommandLine.Run(words, new StringWriter(), new StringWriter(), new CancellationToken(canceled: true)));
        Assert.Equal("old.jsonl", Assert.Single(folder.GetFileSystemInfos()).Name);
    }

    [Fact]
    public void A_trace_that_is_being_generated_can_be_interrupted()
    {
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(300));
        string[] words = ["trace", "generate", "nl2sql", "--workflows", "500000", "-o", At("new.jsonl")];
        Assert.Equal(ExitCode.Interrupted, CommandLine.Run(words, new StringWriter(), new StringWriter(), soon.Token));
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_device_is_never_replaced_by_a_file()
    {
        if (!OperatingSystem.IsWindows())
        {
            AssertBadInput(Command.Run("trace", "generate", "nl2sql", "-o", "/dev/none", "--overwrite"), "/dev/none: a device; allowed: the name of a file");
        }
    }

    [Fact]
    public void The_group_alone_shows_its_help() => Assert.Equal(Command.Run("trace", "--help"), Command.Run("trace"));

    private Outcome Generate(string file, params string[] more) => Command.Run(["trace", "generate", "nl2sql", "-o", At(file), .. more]);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static void AssertBadInput(Outcome outcome, string message)
    {
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains(message, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }
}
