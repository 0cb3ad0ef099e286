using System.CommandLine;
using Cortex.Experiments;
using Cortex.Workloads;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex trace</c>: what is done with trace files by themselves.</summary>
internal static class TraceVerb
{
    private const string Example = "generate nl2sql --seed 1 --workflows 100 -o nl2sql.jsonl";

    public static Verb Create(Surroundings surroundings) => new("trace", "Make trace files.", $"trace {Example}") { Generate(surroundings) };

    private static Verb Generate(Surroundings surroundings)
    {
        var program = new Argument<string>("program") { Description = $"What the workflows do: {string.Join(", ", WorkloadGenerator.Programs)}." };
        Option<ulong> seed = CommonOptions.Seed("Seed of all that is drawn: the same seed gives the same bytes.");
        Option<int?> workflows = CommonOptions.Count("--workflows", "Number of workflows; left out: 100.");
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", HelpName = "file", Required = true };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the file if it exists." };
        var verb = new Verb("generate", "Write a trace of made-up workflows in the agentflow format.", $"trace {Example}")
        {
            program, seed, workflows, output, overwrite,
        };
        verb.SetAction(parsed => TraceGeneration.Run(
            new TraceGenerationOptions
            {
                Program = parsed.GetValue(program)!,
                Seed = parsed.GetValue(seed),
                Workflows = parsed.GetValue(workflows) ?? 100,
                Output = parsed.GetValue(output)!,
                Overwrite = parsed.GetValue(overwrite),
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
