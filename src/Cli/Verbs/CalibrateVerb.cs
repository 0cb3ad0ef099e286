using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex calibrate</c>: measures the steps of an engine on this machine and fits a cost model.</summary>
internal static class CalibrateVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "The experiment file, whose first engine of kind cpu is measured." };
        Option<string[]> set = CommonOptions.Set();
        var output = new Option<string>("--output", "-o") { Description = "File for the fitted step times.", HelpName = "file", DefaultValueFactory = _ => "step-times.json" };
        output.Validators.Add(result => CommonOptions.Require(result, result.Implicit || CommonOptions.Value(result).Length > 0, "the name of a file"));
        Option<int?> rounds = CommonOptions.Count("--rounds", "How often each step is measured; left out: 7.");
        Option<ulong> seed = CommonOptions.Seed("Seed of the order of measurements and of the steps that judge the fit.");
        var verb = new Verb(
            "calibrate", "Measure how long an engine's steps take on this machine, fit a cost model, and print its error on steps that it was not fitted to.",
            "calibrate experiments/live-quickstart.yaml -o step-times.json --rounds 3")
        {
            file, set, output, rounds, seed,
        };
        verb.SetAction(parsed => Calibrate.Run(
            new CalibrateOptions
            {
                File = parsed.GetValue(file)!,
                Set = parsed.GetValue(set)!,
                EnvironmentSet = surroundings.EnvironmentSet,
                Output = parsed.GetValue(output)!,
                Rounds = parsed.GetValue(rounds) ?? new CalibrateOptions { File = "" }.Rounds,
                Seed = parsed.GetValue(seed),
            },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
