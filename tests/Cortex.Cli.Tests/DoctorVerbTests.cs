using Cortex.Experiments;

namespace Cortex.Cli.Tests;

public sealed class DoctorVerbTests
{
    [Fact]
    public async Task What_is_there_and_what_is_missing_is_told_and_nothing_is_left_behind()
    {
        using var workplace = new Workplace();
        string[] before = Directory.GetFileSystemEntries(workplace["."]);
        Outcome outcome = await workplace.RunAsync("doctor --results some/new/folder");
        Assert.Equal(ExitCode.Ok, outcome.ExitCode);
        Assert.Matches(@"(?m)^cortex +\d+\.\d+\.\d+, build [0-9a-f]{12}", outcome.Output);
        Assert.Contains("results         some/new/folder can be written to", outcome.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^rsvg-convert    (missing: figures are SVG alone|.*: figures also come as PNG and PDF)", outcome.Output);
        Assert.EndsWith("commands will work here", outcome.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(workplace["."]));
    }

    [Fact]
    public async Task What_would_not_work_is_an_error()
    {
        using var workplace = new Workplace();
        File.WriteAllText(workplace["results"], "a file");
        Outcome outcome = await workplace.RunAsync("doctor");
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Matches("(?m)^results         error: .*results.*: cannot be written", outcome.Output);
    }
}
