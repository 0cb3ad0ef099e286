using System.CommandLine;
using System.CommandLine.Parsing;

namespace Cortex.Cli.Verbs;

/// <summary>Arguments that several verbs take, in the same words.</summary>
internal static class CommonOptions
{
    public static Argument<string?> File() => new("file")
    {
        Description = "The experiment file; left out: the bundled quickstart, or with --set workload.trace=… the defaults.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Overrides as key=value, one or more after each --set, such as --set workload.load=2 seed=7.",
        HelpName = "key=value",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Option<string[]> Assert() => new("--assert")
    {
        Description = "Conditions that every row of the results must meet, such as --assert \"p99.ttft < 800ms\"; exit code 1 if one does not.",
        HelpName = "condition",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Option<string[]> Where() => new("--where")
    {
        Description = "Conditions over the axes that leave out the points that do not meet them, such as --where \"decode >= prefill\".",
        HelpName = "condition",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Option<string> Results()
    {
        var option = new Option<string>("--results")
        {
            Description = "Folder that holds a folder for each experiment.",
            HelpName = "folder",
            DefaultValueFactory = _ => "results",
        };
        option.Validators.Add(result => Require(result, result.Implicit || Value(result).Length > 0, "the name of a folder"));
        return option;
    }

    /// <summary>A whole number from 1.</summary>
    public static Option<int?> Count(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "n" };
        option.Validators.Add(result => Require(result, int.TryParse(Value(result), out int number) && number >= 1, $"a whole number from 1 to {int.MaxValue}"));
        return option;
    }

    public static Option<ulong> Seed(string description)
    {
        var option = new Option<ulong>("--seed") { Description = description, HelpName = "n", DefaultValueFactory = _ => 1 };
        option.Validators.Add(result => Require(result, result.Implicit || ulong.TryParse(Value(result), out _), $"a whole number from 0 to {ulong.MaxValue}"));
        return option;
    }

    public static string Value(OptionResult result) => string.Join(' ', result.Tokens);

    public static void Require(OptionResult result, bool holds, string allowed)
    {
        if (!holds)
        {
            result.AddError($"{result.Option.Name} is '{Value(result)}'; allowed: {allowed}");
        }
    }
}
