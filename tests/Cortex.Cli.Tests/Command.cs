namespace Cortex.Cli.Tests;

/// <summary>What one call of the command did.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}

internal static class Command
{
    /// <summary>Runs the command in this process.</summary>
    public static Outcome Run(params string[] arguments)
    {
        StringWriter output = new(), errors = new();
        int code = CommandLine.Run(arguments, output, errors, CancellationToken.None);
        return new Outcome(code, output.ToString(), errors.ToString());
    }
}
