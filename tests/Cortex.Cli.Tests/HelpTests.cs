using System.Text.RegularExpressions;

namespace Cortex.Cli.Tests;

public sealed class HelpTests
{
    /// <summary>The words of every command, the root's none, found through the help texts themselves.</summary>
    public static TheoryData<string> Commands => [.. Below("")];

    /// <summary>Every command's example but those that open another's, which runs them too.</summary>
    public static TheoryData<string> Examples
    {
        get
        {
            string[] all = [.. Below("").Select(Example).Distinct().Order(StringComparer.Ordinal)];
            return [.. all.Where(example => !all.Any(other => other != example && other.StartsWith(example, StringComparison.Ordinal)))];
        }
    }

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
    [MemberData(nameof(Examples))]
    public async Task The_example_works(string lines)
    {
        using var workplace = new Workplace();
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Outcome outcome = await workplace.RunAsync(line);
            Assert.True(outcome.ExitCode == 0, $"cortex {line}: exit code {outcome.ExitCode}: {outcome.Errors}");
        }
    }

    [Fact]
    public void Without_arguments_the_help_is_shown() => Assert.Equal(Command.Run("--help"), Command.Run());

    [Fact]
    public void The_version_is_a_version() => Assert.Matches(@"^\d+\.\d+\.\d+", Command.Run("--version").Output);

    /// <summary>The lines of a command's example, each without the program's name and with its end of line.</summary>
    private static string Example(string command)
    {
        string help = Command.Run([.. Words(command), "--help"]).Output.ReplaceLineEndings("\n");
        CaptureCollection lines = Regex.Match(help, @"\nExample:\n(?:  cortex (.*\n))+").Groups[1].Captures;
        Assert.NotEmpty(lines);
        return string.Concat(lines.Select(line => line.Value));
    }

    private static IEnumerable<string> Below(string command)
    {
        string help = Command.Run([.. Words(command), "--help"]).Output;
        IEnumerable<string> names = Regex.Match(help, @"\nCommands:\r?\n((  .*\r?\n)+)").Groups[1].Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')[0]);
        return names.SelectMany(name => Below($"{command} {name}".Trim())).Prepend(command);
    }

    private static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
