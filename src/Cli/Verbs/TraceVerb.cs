using System.CommandLine;
using Cortex.Experiments;
using Cortex.Workloads;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex trace</c>: what is done with trace files by themselves.</summary>
internal static class TraceVerb
{
    private const string Example = "trace stats traces/nl2sql.jsonl";
    private const string ToGraphs = "trace convert traces/nl2sql.jsonl --to agentic-mooncake -o nl2sql.v2.jsonl --overwrite";

    public static Verb Create(Surroundings surroundings) => new("trace", "Make, read, check and convert trace files.", Example)
    {
        Import(surroundings), Validate(surroundings), Stats(surroundings), TraceGenerateVerb.Create(surroundings), Convert(surroundings),
    };

    private static Verb Import(Surroundings surroundings)
    {
        Argument<string> file = TraceOptions.File();
        Option<string> output = TraceOptions.Output();
        Option<bool> overwrite = TraceOptions.Overwrite();
        TraceReadingArguments reading = new();
        var verb = new Verb(
            "import", "Write a trace of any known format as agentflow, and list what was changed and lost.", ToGraphs,
            "trace import nl2sql.v2.jsonl -o imported.jsonl")
        {
            file, output, overwrite,
        };
        reading.AddTo(verb);
        verb.SetAction(parsed => TraceConversion.Run(
            new()
            {
                Input = parsed.GetValue(file)!, Format = "agentflow", Output = parsed.GetValue(output)!, Overwrite = parsed.GetValue(overwrite),
                Reading = reading.Of(parsed),
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }

    private static Verb Convert(Surroundings surroundings)
    {
        Argument<string> file = TraceOptions.File();
        var format = new Option<string>("--to") { Description = $"The format to write: {string.Join(", ", TraceExport.Formats)}.", HelpName = "format", Required = true };
        format.Validators.Add(result => CommonOptions.Require(result, TraceExport.Formats.Contains(CommonOptions.Value(result)), string.Join(", ", TraceExport.Formats)));
        Option<string> output = TraceOptions.Output();
        Option<bool> overwrite = TraceOptions.Overwrite();
        TraceReadingArguments reading = new();
        var verb = new Verb("convert", "Write a trace in another format, and list what was changed and lost.", ToGraphs) { file, format, output, overwrite };
        reading.AddTo(verb);
        verb.SetAction(parsed => TraceConversion.Run(
            new()
            {
                Input = parsed.GetValue(file)!, Format = parsed.GetValue(format)!, Output = parsed.GetValue(output)!, Overwrite = parsed.GetValue(overwrite),
                Reading = reading.Of(parsed),
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }

    private static Verb Validate(Surroundings surroundings)
    {
        Argument<string> file = TraceOptions.File();
        var verb = new Verb("validate", "Check a trace; each fault is a line with the file's line, what is wrong and what is allowed.", "trace validate traces/nl2sql.jsonl") { file };
        verb.SetAction(parsed => TraceValidation.Run(parsed.GetValue(file)!, surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }

    private static Verb Stats(Surroundings surroundings)
    {
        Argument<string> file = TraceOptions.File();
        Option<int?> block = CommonOptions.Count("--block", "Block size in tokens in which reuse is counted; left out: the trace's own, or 16.");
        TraceReadingArguments reading = new();
        var verb = new Verb("stats", "Print totals, lengths, depth, times and ideal reuse of a trace.", Example) { file, block };
        reading.AddTo(verb);
        verb.SetAction(parsed => TraceSummary.Run(
            parsed.GetValue(file)!, parsed.GetValue(block), reading.Of(parsed), surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
