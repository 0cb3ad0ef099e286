using System.CommandLine;
using Cortex.Workloads;

namespace Cortex.Cli.Verbs;

/// <summary>Arguments that verbs of <c>cortex trace</c> share.</summary>
internal static class TraceOptions
{
    public static Argument<string> File() => new("file") { Description = "The trace; its format is found from its content, gzip is unpacked." };

    public static Option<string> Output() => new("--output", "-o") { Description = "The file to write; packed by gzip if its name ends in .gz.", HelpName = "file", Required = true };

    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace the file if it exists." };
}

/// <summary>What to make of choices that formats leave.</summary>
internal sealed class TraceReadingArguments
{
    private readonly Option<string> starts = Choice("--starts", "WEKA: what releases a request, besides the end of the one before.", "closed-loop", "recorded");
    private readonly Option<bool> globalIds = new("--global-ids") { Description = "agentic_mooncake: take block ids as the whole file's, whatever hash_id_scope says." };
    private readonly Option<bool> shareOpening = new("--share-opening") { Description = "WEKA: sessions share tool definitions and system prompt if both are as long." };
    private readonly Option<bool> spread = new("--spread") { Description = "Mooncake: spread the rows of one tick evenly over it, 3 s at most." };
    private readonly Option<string> turns = Choice("--turns", "Mooncake with sessions: whether rows of later turns hold the whole prompt or what is new.", "auto", "whole", "delta");

    public void AddTo(Command verb)
    {
        verb.Options.Add(starts);
        verb.Options.Add(globalIds);
        verb.Options.Add(shareOpening);
        verb.Options.Add(spread);
        verb.Options.Add(turns);
    }

    public TraceReadingOptions Of(ParseResult parsed) => new()
    {
        Starts = parsed.GetValue(starts) == "recorded" ? SessionStarts.Recorded : SessionStarts.ClosedLoop,
        GlobalHashIds = parsed.GetValue(globalIds),
        ShareOpening = parsed.GetValue(shareOpening),
        SpreadTicks = parsed.GetValue(spread),
        Turns = parsed.GetValue(turns) switch
        {
            "whole" => MooncakeTurns.Whole,
            "delta" => MooncakeTurns.Delta,
            _ => MooncakeTurns.Auto,
        },
    };

    private static Option<string> Choice(string name, string description, params string[] allowed)
    {
        var option = new Option<string>(name) { Description = $"{description} One of {string.Join(", ", allowed)}.", HelpName = "choice", DefaultValueFactory = _ => allowed[0] };
        option.Validators.Add(result => CommonOptions.Require(result, result.Implicit || allowed.Contains(CommonOptions.Value(result)), string.Join(", ", allowed)));
        return option;
    }
}
