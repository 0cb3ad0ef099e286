using Cortex.Experiments.Config;
using Spectre.Console;

namespace Cortex.Cli;

/// <summary>What a verb may use of the world around it.</summary>
/// <param name="Arguments">The command as the user wrote it.</param>
/// <param name="Output">Results.</param>
/// <param name="Errors">Faults, one line each.</param>
/// <param name="Cancellation">Set by Ctrl-C.</param>
internal sealed record Surroundings(IReadOnlyList<string> Arguments, TextWriter Output, TextWriter Errors, CancellationToken Cancellation)
{
    /// <summary>The output, for tables and progress; colours only on a terminal.</summary>
    public IAnsiConsole Console { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });

    /// <summary>Overrides that hold whatever is run; null: none.</summary>
    public string? EnvironmentSet { get; } = Environment.GetEnvironmentVariable(EnvironmentSettings.Variable) is { Length: > 0 } text ? text : null;

    /// <summary>The whole command line, words with blanks in quotes, with the variable that alters what it does.</summary>
    public string CommandLine => string.Join(' ', [
        .. EnvironmentSet is { } preset ? (string[])[$"{EnvironmentSettings.Variable}=\"{preset}\""] : [],
        .. Arguments.Prepend("cortex").Select(word => word.Contains(' ') ? $"\"{word}\"" : word)]);
}
