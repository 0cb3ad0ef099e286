using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Cortex.Policies;

namespace Cortex.Cli;

/// <summary>Turns what the parser objects to into one line that says what was meant and what is allowed.</summary>
internal static class UsageError
{
    /// <returns>Null if the arguments can be used.</returns>
    public static string? Of(ParseResult parsed)
    {
        if (parsed.Action is HelpAction or HelpWithExample)
        {
            return null;
        }
        Command command = parsed.CommandResult.Command;
        string name = string.Join(' ', Path(parsed.CommandResult));
        if (MistypedOption(parsed) is { } option)
        {
            return $"{name}: {NearestName.Unknown("option", option, [.. Options(parsed.CommandResult)])}";
        }
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            return $"{name}: " + (command.Subcommands.Count > 0
                ? NearestName.Unknown("command", unknown, [.. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)])
                : $"unexpected argument '{unknown}'");
        }
        return parsed.Errors is [var error, ..] ? $"{name}: {Missing(error, command) ?? error.Message.ReplaceLineEndings(" ")}" : null;
    }

    /// <summary>What an argument or option that was left out, or an option without a value, is there for.</summary>
    private static string? Missing(ParseError error, Command command) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0, Argument: var argument } when command.Arguments.Contains(argument) => $"<{argument.Name}> is missing: {argument.Description}",
        OptionResult { Implicit: true, Option: { Required: true } option } => $"{option.Name} is missing: {option.Description}",
        CommandResult result when command.Options.FirstOrDefault(option => option.Required && result.GetResult(option) is null or { Implicit: true }) is { } option => $"{option.Name} is missing: {option.Description}",
        OptionResult { Tokens.Count: 0, Implicit: false, Option: var option } => $"{option.Name} needs a value: {option.Description}",
        _ => null,
    };

    /// <summary>A word like an option that no option took, be it that the parser gave it to an argument.</summary>
    private static string? MistypedOption(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens.Select(token => token.Value))
        .Concat(parsed.UnmatchedTokens)
        .FirstOrDefault(word => word.StartsWith('-'));

    private static IEnumerable<string> Path(CommandResult result) =>
        (result.Parent is CommandResult parent ? Path(parent) : []).Append(result.Command is RootCommand ? "cortex" : result.Command.Name);

    /// <summary>The command's own options and the recursive ones of those above it.</summary>
    private static IEnumerable<string> Options(CommandResult result)
    {
        IEnumerable<string> own = result.Command.Options.Where(option => !option.Hidden).Select(option => option.Name);
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            own = own.Concat(parent.Command.Options.Where(option => option.Recursive && !option.Hidden).Select(option => option.Name));
        }
        return own;
    }
}
