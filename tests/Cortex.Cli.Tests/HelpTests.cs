using System.Text.RegularExpressions;

namespace Cortex.Cli.Tests;

public sealed class HelpTests
{
    /// <summary>The words of every command, the root's none, found through the help texts themselves.</summary>
    public static TheoryData<string> Commands => [.. Below("")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_ends_with_an_example_of_the_command(string command)
    {
        Outcome help = Command.Run([.. Words(command), "--help"]);
        Assert.Equal(0, help.ExitCode);
        Assert.Empty(help.Errors);
        Assert.Matches($@"\nExample:\r?\n(  cortex .*\r?\n)*  cortex {command}\S*.*\s*$", help.Output);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_example_works(string command)
    {
        string help = Command.Run([.. Words(command), "--help"]).Output;
        CaptureCollection examples = Regex.Match(help, @"\nExample:\r?\n(?:  cortex (.*)\r?\n)+").Groups[1].Captures;
        Assert.NotEmpty(examples);
        using var workplace = new Workplace();
        foreach (Capture example in examples)
        {
            Outcome outcome = await workplace.RunAsync(example.Value.Trim());
            Assert.True(outcome.ExitCode == 0, $"cortex {example.Value}: exit code {outcome.ExitCode}: {outcome.Errors}");
        }
    }

    [Fact]
    public void Without_arguments_the_help_is_shown() => Assert.Equal(Command.Run("--help"), Command.Run());

    [Fact]
    public void The_version_is_a_version() => Assert.Matches(@"^\d+\.\d+\.\d+", Command.Run("--version").Output);

    private static IEnumerable<string> Below(string command)
    {
        string help = Command.Run([.. Words(command), "--help"]).Output;
        IEnumerable<string> names = Regex.Match(help, @"\nCommands:\r?\n((  .*\r?\n)+)").Groups[1].Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')[0]);
        return names.SelectMany(name => Below($"{command} {name}".Trim())).Prepend(command);
    }

    private static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
