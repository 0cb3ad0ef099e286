using System.CommandLine;
using Cortex.Experiments;
using Cortex.Workloads;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex trace generate</c>.</summary>
internal static class TraceGenerateVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var program = new Argument<string?>("program")
        {
            Description = $"A profile that comes with the product: {string.Join(", ", WorkloadGenerator.Programs)}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var profile = new Option<string?>("--profile") { Description = "A profile of your own in place of one of those: a YAML file.", HelpName = "file" };
        Option<ulong> seed = CommonOptions.Seed("Seed of all that is drawn: the same seed gives the same bytes.");
        Option<int?> workflows = CommonOptions.Count("--workflows", "Number of workflows; left out: 100.");
        Option<string> output = TraceOptions.Output();
        Option<bool> overwrite = TraceOptions.Overwrite();
        var verb = new Verb("generate", "Write a trace of made-up workflows in the agentflow format.", "trace generate nl2sql --seed 1 --workflows 100 -o generated.jsonl")
        {
            program, profile, seed, workflows, output, overwrite,
        };
        verb.SetAction(parsed => TraceGeneration.Run(
            new TraceGenerationOptions
            {
                Program = parsed.GetValue(program),
                Profile = parsed.GetValue(profile),
                Seed = parsed.GetValue(seed),
                Workflows = parsed.GetValue(workflows) ?? 100,
                Output = parsed.GetValue(output)!,
                Overwrite = parsed.GetValue(overwrite),
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
